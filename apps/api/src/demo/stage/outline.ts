import { GLYPHS } from './glyphs.js';

interface Glyph {
  readonly advance: number;
  readonly path: string;
}

type Point = readonly [x: number, y: number];
type Contour = readonly Point[];

const UNITS = 1000;
/** Line segments of one curve; at the sizes of the stage more are not visible. */
const PIECES = 5;
const SPACE = 250;

const glyphs = new Map(
  GLYPHS.split('\n').map((line): [string, Glyph] => {
    const [name = '', advance = '0', ...rest] = line.split(' ');
    return [name, { advance: Number(advance), path: rest.join(' ') }];
  }),
);

export interface TextOutline {
  /** In pixels, y downwards from the baseline. */
  readonly contours: readonly Contour[];
  readonly width: number;
}

/** How wide a line of text is at this size in pixels. */
export function widthOf(text: string, size: number): number {
  let units = 0;
  for (const letter of text) units += advanceOf(letter);
  return (units * size) / UNITS;
}

/** A line of text as contours at this size in pixels. Letters that the font lacks are written without their marks, or omitted. */
export function outlineOf(text: string, size: number): TextOutline {
  const scale = size / UNITS;
  const contours: Contour[] = [];
  let x = 0;
  for (const letter of text) {
    const name = knownName(letter);
    if (name) contours.push(...contoursOf(name).map((contour) => translate(contour, x, scale)));
    x += advanceOf(letter) * scale;
  }
  return { contours, width: x };
}

function advanceOf(letter: string): number {
  const name = knownName(letter);
  if (name) return glyphs.get(name)?.advance ?? 0;
  return letter.trim() === '' ? SPACE : 0;
}

function knownName(letter: string): string | undefined {
  return [letter, letter.normalize('NFD').charAt(0)].find((name) => glyphs.has(name));
}

const translate = (contour: Contour, x: number, scale: number): Contour =>
  contour.map(([px, py]) => [x + px * scale, -py * scale]);

function contoursOf(name: string): Contour[] {
  const path = glyphs.get(name)?.path ?? '';
  if (!path.startsWith('=')) return flatten(path);
  return path
    .slice(1)
    .split(' ')
    .flatMap((part) => {
      const [, inner = '', dx = '0', dy = '0'] = /^(.+)@(-?\d+),(-?\d+)$/.exec(part) ?? [];
      return contoursOf(inner).map((contour) => contour.map(([x, y]): Point => [x + Number(dx), y + Number(dy)]));
    });
}

/** The contours of an SVG path that has only the absolute commands M, L, H, V, Q and Z. */
function flatten(path: string): Contour[] {
  return path
    .split('Z')
    .filter(Boolean)
    .map((outline) => {
      const points: Point[] = [];
      for (const [, command = '', numbers = ''] of outline.matchAll(/([MLHVQ])([^MLHVQ]*)/g))
        step(points, command, numbers.match(/-?\d+/g)?.map(Number) ?? []);
      return points;
    });
}

/** More than one pair after M or L are lines to each of them. */
function step(points: Point[], command: string, numbers: readonly number[]): void {
  const [x, y] = points.at(-1) ?? [0, 0];
  const [a = 0, b = 0, c = 0, d = 0] = numbers;
  switch (command) {
    case 'H':
      return void points.push([a, y]);
    case 'V':
      return void points.push([x, a]);
    case 'Q':
      for (let piece = 1; piece <= PIECES; piece++) {
        const t = piece / PIECES;
        const [from, bend, to] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
        points.push([from * x + bend * a + to * c, from * y + bend * b + to * d]);
      }
      return;
    default:
      for (let at = 0; at < numbers.length; at += 2) points.push([numbers[at]!, numbers[at + 1] ?? y]);
  }
}
