import { type SessionKind } from '#libs/domain/programme-kinds';

type Colour = readonly [red: number, green: number, blue: number];

/** The first hue of a kind's poster, as in the app; the city rotates it, so that two debates do not look alike. */
const HUES: Readonly<Record<SessionKind, number>> = {
  plenary: 272,
  keynote: 300,
  panel: 245,
  workshop: 172,
  debate: 62,
  launch: 20,
  break: 220,
  other: 262,
};

/** The position of a colour along the diagonal: lightness, chroma, and the rotation of its hue. */
const STOPS = [
  { at: 0, lightness: 0.3, chroma: 0.11, turn: 0 },
  { at: 0.58, lightness: 0.42, chroma: 0.14, turn: 28 },
  { at: 1, lightness: 0.56, chroma: 0.15, turn: 92 },
] as const;

export const POSTER = { width: 1200, height: 630 } as const;
/** Circles that every poster has, in pixels: a hall seen from above. */
export const RINGS = { x: 930, y: 590, radii: [120, 230, 340, 450, 560] } as const;

export interface PosterColours {
  readonly at: number;
  readonly colour: Colour;
}

/** The colours of the poster of a kind of session in a city. */
export function posterColours(kind: SessionKind, city = ''): readonly PosterColours[] {
  const hue = HUES[kind] + turnOf(city);
  return STOPS.map(({ at, lightness, chroma, turn }) => ({ at, colour: toRgb(lightness, chroma, hue + turn) }));
}

function turnOf(city: string): number {
  let sum = 0;
  for (const letter of city) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 997;
  return (sum % 36) - 18;
}

/** OKLCH to sRGB, 0 to 255, with the matrices of CSS Color 4; colours outside of sRGB are clipped. */
function toRgb(lightness: number, chroma: number, hue: number): Colour {
  const angle = (hue * Math.PI) / 180;
  const [a, b] = [chroma * Math.cos(angle), chroma * Math.sin(angle)];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    gamma(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    gamma(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    gamma(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

function gamma(linear: number): number {
  const value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
  return Math.round(255 * Math.min(1, Math.max(0, value)));
}
