import { maskOf, type TextMask, wrapText } from './text-mask.js';

/** Local constants for the inner loops: looking them up in Math for each pixel costs more than the drawing. */
const { PI: pi, abs, cos, floor, hypot, imul, max, round, sin } = Math;

export interface SceneText {
  readonly event: string;
  readonly title: string;
  readonly timeZone: string;
}

export const SCENE = { width: 1280, height: 720 } as const;
const PIXELS = SCENE.width * SCENE.height;
const QUARTER = PIXELS / 4;

/** The hall seen from above, as on the posters: rings around a point below the picture. */
const CENTRE = { x: SCENE.width / 2, y: SCENE.height * 1.12 } as const;
const RING = 92;
/** Seconds in which the light moves from one ring to the next, and in which the colours go round once. */
const RING_SECONDS = 9;
const COLOUR_SECONDS = 180;

const TITLE = { size: 58, width: 1080, lines: 3, leading: 1.22 } as const;
const CLOCK = 118;
const SMALL = 27;
/** The upper part of the picture, which contains the text: below it the players have their sound button. */
const WORDS = 0.62;
const WHITE = 235;
const NEUTRAL = 128;

/** The pixels that a text covers, each with its coverage of 256: only they are written in each frame. */
interface Ink {
  readonly bright: Strokes;
  readonly colours: Strokes;
}
interface Strokes {
  readonly at: Int32Array;
  readonly share: Uint8Array;
}

/**
 * A calm picture in the colours of Plenum: rings of light that move slowly, the session's title and a clock. Draws into one I420 buffer
 * of 1280 x 720 that it reuses: about 4 ms a frame.
 */
export class Scene {
  private readonly frame = new Uint8Array(PIXELS * 1.5);
  private readonly ground = drawGround();
  private readonly distance = drawDistance();
  private readonly light = new Uint8Array(max(...[0, SCENE.width].map((x) => distanceOf(x, 0))) + 2);
  private readonly fixed: readonly Ink[];
  private clock: readonly Ink[] = [];
  private readonly clockTop: number;
  private readonly time: Intl.DateTimeFormat;
  private readonly digits = new Map<string, TextMask>();
  private second = -1;

  constructor({ event, title, timeZone }: SceneText) {
    this.time = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone });
    const lines = balanced(title);
    const height = SMALL * 2 + lines.length * TITLE.size * TITLE.leading + CLOCK * 1.35;
    const top = max(SCENE.height * 0.09, (SCENE.height * WORDS - height) / 2);
    const titleTop = top + SMALL * 2;
    this.clockTop = titleTop + lines.length * TITLE.size * TITLE.leading + CLOCK * 0.12;
    this.fixed = [
      centred(maskOf(event, SMALL), top, 225),
      ...lines.map((line, index) => centred(maskOf(line, TITLE.size), titleTop + index * TITLE.size * TITLE.leading)),
    ];
  }

  /** The picture at this time; the same buffer each time. */
  draw(now: Date): Uint8Array {
    const seconds = now.getTime() / 1000;
    this.drawLight(seconds);
    if (floor(seconds) !== this.second) this.drawSecond(now, (this.second = floor(seconds)));
    for (const { bright } of this.fixed) blend(this.frame, bright, WHITE);
    for (const { bright } of this.clock) blend(this.frame, bright, WHITE);
    return this.frame;
  }

  /** The parts that change once a second: the clock, and colours that change too slowly to be seen. */
  private drawSecond(now: Date, second: number): void {
    this.drawColours(second);
    this.clock = this.clockAt(now);
    for (const { colours } of [...this.fixed, ...this.clock]) blend(this.frame, colours, NEUTRAL);
  }

  private drawLight(seconds: number): void {
    const { frame, ground, distance, light } = this;
    for (let at = 0; at < light.length; at++) light[at] = lightAt(at, seconds);
    for (let at = 0; at < PIXELS; at++) frame[at] = ground[at]! + light[distance[at]!]!;
  }

  /** Blue to violet, from the upper left to the lower right, and slowly round. */
  private drawColours(second: number): void {
    const width = SCENE.width / 2;
    const drift = 7 * sin((second / COLOUR_SECONDS) * 2 * pi);
    for (let at = 0; at < QUARTER; at++) {
      const along = ((at % width) / width + at / QUARTER) / 2;
      this.frame[PIXELS + at] = 168 - 16 * along + drift / 2;
      this.frame[PIXELS + QUARTER + at] = 114 + 20 * along + drift * along;
    }
  }

  private clockAt(now: Date): Ink[] {
    const masks = [...this.time.format(now)].map((sign) => this.digit(sign));
    const wide = this.digit('0').width;
    const widths = masks.map(({ width }) => (width > wide * 0.7 ? wide : width));
    let right = (SCENE.width - widths.reduce((sum, width) => sum + width, 0)) / 2;
    return masks.map((mask, index) => {
      const width = widths[index]!;
      right += width;
      return inkOf(mask, right - width + (width - mask.width) / 2, this.clockTop);
    });
  }

  private digit(sign: string): TextMask {
    const mask = this.digits.get(sign) ?? maskOf(sign, CLOCK);
    this.digits.set(sign, mask);
    return mask;
  }
}

/** The title in lines of about the same length, in as few as possible. */
function balanced(title: string): string[] {
  let lines = wrapText(title, TITLE.size, TITLE.width, TITLE.lines);
  for (let width = TITLE.width - 40; width > TITLE.width / 2; width -= 40) {
    const narrower = wrapText(title, TITLE.size, width, TITLE.lines);
    if (narrower.length > lines.length || narrower.join(' ') !== lines.join(' ')) break;
    lines = narrower;
  }
  return lines;
}

const centred = (mask: TextMask, y: number, strength?: number) =>
  inkOf(mask, (SCENE.width - mask.width) / 2, y, strength);

const distanceOf = (x: number, y: number) => round(hypot(x - CENTRE.x, y - CENTRE.y));

function drawDistance(): Uint16Array {
  const distance = new Uint16Array(PIXELS);
  for (let at = 0; at < PIXELS; at++) distance[at] = distanceOf(at % SCENE.width, floor(at / SCENE.width));
  return distance;
}

/** Darker above; a little constant noise hides the steps of eight bits. */
function drawGround(): Uint8Array {
  const ground = new Uint8Array(PIXELS);
  for (let at = 0; at < PIXELS; at++) {
    const noise = (imul(at, 2_654_435_761) >>> 24) / 256;
    ground[at] = 34 + (26 * at) / PIXELS + noise;
  }
  return ground;
}

/** A thin line on each ring, and light that runs outwards over them. */
function lightAt(distance: number, seconds: number): number {
  const toLine = abs((distance % RING) - RING / 2);
  const line = max(0, 1 - toLine / 1.6);
  const wave = (1 + cos((distance / (4 * RING) - seconds / (4 * RING_SECONDS)) * 2 * pi)) / 2;
  return 30 * wave ** 2 + line * (10 + 34 * wave) + 6 * (floor(distance / RING) % 2);
}

/** Every fourth covered pixel has a colour: I420 stores one for two by two. */
function inkOf({ width, height, coverage }: TextMask, x: number, y: number, strength = 256): Ink {
  const bright: number[] = [];
  const colours: number[] = [];
  for (let at = 0; at < width * height; at++) {
    const share = (coverage[at]! * strength) >> 8;
    const [column, row] = [round(x) + (at % width), round(y) + floor(at / width)];
    if (share === 0 || column < 0 || row < 0 || column >= SCENE.width || row >= SCENE.height) continue;
    bright.push(row * SCENE.width + column, share);
    if ((row | column) & 1) continue;
    const colour = PIXELS + ((row >> 1) * SCENE.width) / 2 + (column >> 1);
    colours.push(colour, share, colour + QUARTER, share);
  }
  return { bright: strokesOf(bright), colours: strokesOf(colours) };
}

const strokesOf = (pairs: readonly number[]): Strokes => ({
  at: Int32Array.from(pairs.filter((_, index) => index % 2 === 0)),
  share: Uint8Array.from(pairs.filter((_, index) => index % 2 === 1)),
});

function blend(frame: Uint8Array, { at, share }: Strokes, value: number): void {
  for (let index = 0; index < at.length; index++) {
    const pixel = at[index]!;
    frame[pixel] = frame[pixel]! + (((value - frame[pixel]!) * share[index]!) >> 8);
  }
}
