import { crc32, deflateSync } from 'node:zlib';
import { POSTER, type PosterColours, RINGS } from './poster.js';

/** Local constants for the inner loop: looking them up in Math for each pixel costs more than the drawing. */
const { abs, floor, min, round, sqrt } = Math;
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const LINE_WIDTH = 3;

/** The poster as a PNG without text, for chats that show no SVG: they write the title beside it. Takes about 100 ms: call it in a thread. */
export function drawPng(colours: readonly PosterColours[]): Uint8Array<ArrayBuffer> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(POSTER.width, 0);
  header.writeUInt32BE(POSTER.height, 4);
  header.set([8, 2, 0, 0, 0], 8); // eight bits, RGB
  const pixels = deflateSync(paint(colours), { level: 6 });
  const chunks = [SIGNATURE, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))];
  return new Uint8Array(Buffer.concat(chunks)); // with its own buffer, which can be transferred
}

/** Steps of the gradient that are computed; more are not visible. */
const STEPS = 1024;

/**
 * Rows of pixels, each behind a filter byte: 1, which stores the difference to the pixel on the left. The loop runs for 750,000
 * pixels, so it allocates nothing.
 */
function paint(colours: readonly PosterColours[]): Buffer {
  const { width, height } = POSTER;
  const gradient = gradientOf(colours);
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0, at = 0; y < height; y++) {
    rows[at++] = 1;
    let [red, green, blue] = [0, 0, 0];
    for (let x = 0; x < width; x++) {
      const step = 3 * floor(((x / width + y / height) / 2) * STEPS);
      const white = whiteAt(x, y);
      const [r, g, b] = [gradient[step]!, gradient[step + 1]!, gradient[step + 2]!];
      rows[at++] = -red + (red = round(r + (255 - r) * white));
      rows[at++] = -green + (green = round(g + (255 - g) * white));
      rows[at++] = -blue + (blue = round(b + (255 - b) * white));
    }
  }
  return rows;
}

function gradientOf(colours: readonly PosterColours[]): Float64Array {
  const gradient = new Float64Array(3 * STEPS);
  for (let step = 0; step < STEPS; step++) {
    const at = step / STEPS;
    const next = Math.max(
      1,
      colours.findIndex((stop) => stop.at >= at),
    );
    const [from, to] = [colours[next - 1]!, colours[next]!];
    const share = (at - from.at) / (to.at - from.at);
    for (let channel = 0; channel < 3; channel++)
      gradient[3 * step + channel] = from.colour[channel]! + (to.colour[channel]! - from.colour[channel]!) * share;
  }
  return gradient;
}

/** How much white lies over a pixel, 0 to 1: each circle is a faint disc with a clearer edge. */
function whiteAt(x: number, y: number): number {
  const distance = sqrt((x - RINGS.x) ** 2 + (y - RINGS.y) ** 2);
  let white = 0;
  for (const radius of RINGS.radii) {
    const fromEdge = abs(distance - radius) - LINE_WIDTH / 2;
    if (distance < radius) white += 0.04;
    if (fromEdge < 1) white += 0.22 * min(1, 1 - fromEdge);
  }
  return white;
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8 + named.length);
  frame.writeUInt32BE(data.length, 0);
  frame.set(named, 4);
  frame.writeUInt32BE(crc32(named), 4 + named.length);
  return frame;
}
