const PRIMES = [
  2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109,
  113, 127, 131, 137, 139, 149, 151, 157, 163, 167, 173, 179, 181, 191, 193, 197, 199, 211, 223, 227, 229, 233, 239,
  241, 251, 257, 263, 269, 271, 277, 281, 283, 293, 307, 311,
];
/** The constants of FIPS 180-4 are the first 32 bits after the point of roots of primes. */
const CONSTANTS = PRIMES.map((prime) => (Math.cbrt(prime) * 2 ** 32) | 0);
const START = PRIMES.slice(0, 8).map((prime) => (Math.sqrt(prime) * 2 ** 32) | 0);
const BLOCK = 64;
const schedule = new Int32Array(BLOCK);
const turn = (word: number, by: number) => (word >>> by) | (word << (32 - by));

/**
 * The first 32 bits of the SHA-256 of an ASCII text (FIPS 180-4), at once and without WebCrypto, which would take a promise for
 * each and does not exist on a page without TLS. About 3 µs for a text of up to 55 letters.
 */
export function firstWordOfSha256(text: string): number {
  const bytes = padded(text);
  const state = Int32Array.from(START);
  for (let at = 0; at < bytes.byteLength; at += BLOCK) digest(state, bytes, at);
  return state[0]! >>> 0;
}

function padded(text: string): DataView {
  const bytes = new DataView(new ArrayBuffer(Math.ceil((text.length + 9) / BLOCK) * BLOCK));
  for (let at = 0; at < text.length; at++) bytes.setUint8(at, text.charCodeAt(at));
  bytes.setUint8(text.length, 0x80);
  bytes.setUint32(bytes.byteLength - 4, text.length * 8);
  return bytes;
}

function digest(state: Int32Array, bytes: DataView, at: number) {
  fillSchedule(bytes, at);
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
  for (let round = 0; round < BLOCK; round++) {
    const mixed = (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g));
    const one = (h + mixed + CONSTANTS[round]! + schedule[round]!) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, index) => (state[index]! += word));
}

function fillSchedule(bytes: DataView, at: number) {
  for (let n = 0; n < 16; n++) schedule[n] = bytes.getInt32(at + n * 4);
  for (let n = 16; n < BLOCK; n++) {
    const [early, late] = [schedule[n - 15]!, schedule[n - 2]!];
    const mixed = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3);
    schedule[n] = schedule[n - 16]! + mixed + schedule[n - 7]! + (turn(late, 17) ^ turn(late, 19) ^ (late >>> 10));
  }
}
