import { describe, expect, it } from '@jest/globals';
import { Scene, SCENE } from './scene.js';
import { SOUND, softSound } from './soft-sound.js';

const { abs, max } = Math;
const PIXELS = SCENE.width * SCENE.height;
const NOON = new Date('2026-03-17T11:00:00Z');
const later = (ms: number) => new Date(NOON.getTime() + ms);
const texts = { event: 'Belgian AI Week', title: 'Plenary: the second anniversary', timeZone: 'Europe/Brussels' };

function range(frame: Uint8Array): { least: number; most: number } {
  let [least, most] = [255, 0];
  for (let at = 0; at < frame.length; at++) {
    if (frame[at]! < least) least = frame[at]!;
    if (frame[at]! > most) most = frame[at]!;
  }
  return { least, most };
}

describe('the picture of the synthetic speaker (PROG-17)', () => {
  it('is an I420 frame of 1280 x 720 within the range of video', () => {
    const frame = new Scene(texts).draw(NOON);
    expect(frame).toHaveLength(PIXELS * 1.5);
    const { least, most } = range(frame);
    expect(most).toBeLessThanOrEqual(235);
    expect(most).toBeGreaterThan(225); // the letters
    expect(least).toBeGreaterThanOrEqual(16);
  });

  it('moves slowly: no pixel outside its letters jumps from one frame to the next', () => {
    const scene = new Scene({ ...texts, event: '', title: '' });
    const before = scene.draw(later(100)).slice(0, PIXELS);
    const after = scene.draw(later(200));
    let most = 0;
    let moved = 0;
    for (let at = 0; at < PIXELS; at++) {
      const step = abs(after[at]! - before[at]!);
      if (step > most) most = step;
      if (step > 0) moved += 1;
    }
    expect(most).toBeLessThanOrEqual(4);
    expect(moved).toBeGreaterThan(PIXELS / 100);
  });

  it('shows the time of the event’s zone', () => {
    const clockOf = (timeZone: string, now: Date) => Buffer.from(new Scene({ ...texts, timeZone }).draw(now));
    expect(clockOf('Europe/Brussels', NOON).equals(clockOf('Europe/Paris', NOON))).toBe(true);
    expect(clockOf('Europe/Brussels', NOON).equals(clockOf('Europe/London', NOON))).toBe(false);
  });

  it('draws any title into the frame, the longest and one without letters that it knows', () => {
    for (const title of ['W'.repeat(300), 'word '.repeat(100), '日本語のタイトル', ''])
      expect(range(new Scene({ ...texts, title }).draw(NOON)).most).toBeLessThanOrEqual(235);
  });
});

describe('the sound of the synthetic speaker (PROG-17)', () => {
  it('is soft, and its end meets its beginning', () => {
    const samples = softSound();
    expect(samples).toHaveLength(SOUND.rate * SOUND.loopSeconds);
    let [loudest, steepest] = [0, 0];
    for (let at = 1; at < samples.length; at++) {
      loudest = max(loudest, abs(samples[at]!));
      steepest = max(steepest, abs(samples[at]! - samples[at - 1]!));
    }
    expect(loudest).toBeGreaterThan(500);
    expect(loudest).toBeLessThan(32_767 / 8);
    expect(Math.abs(samples[0]! - samples.at(-1)!)).toBeLessThanOrEqual(steepest);
  });
});
