import { type Page } from 'playwright-core';
import { type Visitor, type visitors } from '../browser/visitors.js';

/** The parts of a page's scope that these functions use; the tests are compiled without the browser's types. */
interface Sound {
  readonly muted: boolean;
  readonly volume: number;
  readonly paused: boolean;
  readonly srcObject: unknown;
}
interface Analyser {
  fftSize: number;
  readonly frequencyBinCount: number;
  getFloatFrequencyData(data: Float32Array): void;
}
interface AudioGraph {
  readonly sampleRate: number;
  readonly state: string;
  createAnalyser(): Analyser;
  createMediaStreamSource(stream: unknown): { connect(to: unknown): void };
}
interface PageScope {
  readonly AudioContext: new () => AudioGraph;
  readonly document: { querySelectorAll(selector: string): Iterable<Sound> };
  heard?: { readonly graph: AudioGraph; readonly analysers: Map<unknown, Analyser> };
}

/**
 * As a script of a page: its microphone is a tone of this frequency, its camera the browser's own, as a small picture, for three of them
 * share the machine. Its tracks are kept in `given`.
 */
const withTone = (frequency: number) => `
  const devices = navigator.mediaDevices, open = devices.getUserMedia.bind(devices);
  globalThis.given = { audio: [], video: [] };
  devices.getUserMedia = async (wish) => {
    const small = { width: { ideal: 320 }, height: { ideal: 180 }, frameRate: 10 };
    const stream = await open({ ...wish, ...(wish.video && { video: { ...Object(wish.video), ...small } }) });
    if (wish.audio && ${frequency} > 0) {
      const graph = new AudioContext(), tone = graph.createOscillator(), gain = graph.createGain(), out = graph.createMediaStreamDestination();
      tone.frequency.value = ${frequency};
      gain.gain.value = 0.3;
      tone.connect(gain).connect(out);
      tone.start();
      const real = stream.getAudioTracks()[0], own = out.stream.getAudioTracks()[0];
      own.getSettings = () => real.getSettings();
      stream.removeTrack(real);
      stream.addTrack(own);
    }
    for (const track of stream.getTracks()) given[track.kind].push(track);
    return stream;
  };`;

/** Several people who encode and decode video share the machine with their browser: a click may take long to have an effect, in ms. */
export const PATIENCE = 45_000;

/** Opens a page whose microphone plays a tone, or with 0 the browser's own signal. */
export async function openWithTone(
  people: ReturnType<typeof visitors>,
  address: string,
  frequency: number,
): Promise<Visitor> {
  const visitor = await people.open('about:blank');
  visitor.page.setDefaultTimeout(PATIENCE);
  await visitor.context.addInitScript({ content: withTone(frequency) });
  await visitor.page.goto(address);
  return visitor;
}

export async function goOnAir(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Set up camera and microphone' }).click();
  await page.getByRole('button', { name: 'Go on air', exact: true }).click();
  await page.getByRole('heading', { name: 'Everybody sees and hears you' }).waitFor();
}

/** Which of these tones a page plays aloud now, measured in everything that its audio elements play. */
export function tonesHeard(page: Page, frequencies: readonly number[]): Promise<number[]> {
  return page.evaluate((asked) => {
    const scope = globalThis as unknown as PageScope;
    const { graph, analysers } = (scope.heard ??= { graph: new scope.AudioContext(), analysers: new Map() });
    const loudness = new Map(asked.map((frequency) => [frequency, -200]));
    for (const { muted, volume, paused, srcObject } of scope.document.querySelectorAll('audio')) {
      if (muted || paused || volume === 0 || !srcObject) continue;
      let analyser = analysers.get(srcObject);
      if (!analyser) {
        analyser = graph.createAnalyser();
        analyser.fftSize = 8192;
        graph.createMediaStreamSource(srcObject).connect(analyser);
        analysers.set(srcObject, analyser);
      }
      const levels = new Float32Array(analyser.frequencyBinCount);
      analyser.getFloatFrequencyData(levels);
      for (const frequency of asked) {
        const bin = Math.round((frequency * analyser.fftSize) / graph.sampleRate);
        const level = Math.max(...levels.slice(bin - 1, bin + 2));
        loudness.set(frequency, Math.max(loudness.get(frequency) ?? -200, level));
      }
    }
    return asked.filter((frequency) => (loudness.get(frequency) ?? -200) > -60);
  }, frequencies);
}

/** How many of the pictures in a page move: they were played further than `seconds`. */
export function movingPictures(page: Page, seconds = 0.5): Promise<number> {
  return page.getByTestId('stream-video').evaluateAll(
    (videos, least) =>
      videos.filter((video) => {
        const { currentTime, videoWidth } = video as unknown as { currentTime: number; videoWidth: number };
        return currentTime > least && videoWidth > 0;
      }).length,
    seconds,
  );
}

/** Ends or mutes the last track of the page's camera or microphone, as the browser does when a device is removed. */
export function disturb(page: Page, kind: 'audio' | 'video', how: 'ended' | 'mute' | 'unmute'): Promise<void> {
  return page.evaluate(
    ([of, event]) => {
      const { given, Event: Happening } = globalThis as unknown as {
        given: Record<string, { stop(): void; dispatchEvent(event: unknown): void }[]>;
        Event: new (type: string) => unknown;
      };
      const track = given[of]!.at(-1)!;
      if (event === 'ended') track.stop();
      else Object.defineProperty(track, 'muted', { value: event === 'mute', configurable: true });
      track.dispatchEvent(new Happening(event));
    },
    [kind, how] as const,
  );
}
