/** Local constants for the inner loops: looking them up in Math for each pixel costs more than the drawing. */
const { PI: pi, round, sin } = Math;
export const SOUND = { rate: 48_000, channels: 1, loopSeconds: 16 } as const;

/** A quiet chord: whole periods in the loop, so that its end fits its beginning. */
const PARTIALS = [
  { frequency: 110, loudness: 0.5 },
  { frequency: 164.8125, loudness: 0.34 },
  { frequency: 220, loudness: 0.3 },
  { frequency: 277.1875, loudness: 0.16 },
] as const;
const LOUDNESS = 0.07;

/** Sixteen seconds of quiet sound that can be looped, computed once: playing it costs nothing. */
export function softSound(): Int16Array {
  const { rate, loopSeconds } = SOUND;
  const samples = new Int16Array(rate * loopSeconds);
  for (let at = 0; at < samples.length; at++) {
    const seconds = at / rate;
    let sum = 0;
    for (const [index, { frequency, loudness }] of PARTIALS.entries()) {
      const swell = 0.6 + 0.4 * sin(2 * pi * (((index + 1) * seconds) / loopSeconds + index / 4));
      sum += loudness * swell * sin(2 * pi * frequency * seconds);
    }
    samples[at] = round(32_767 * LOUDNESS * sum);
  }
  return samples;
}
