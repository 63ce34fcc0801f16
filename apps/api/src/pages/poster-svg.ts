import { html } from './html.js';
import { POSTER, type PosterColours, RINGS } from './poster.js';

const LINE_LENGTH = 26;
const LINES = 4;

/** The poster as a drawing with its title. */
export function drawSvg(colours: readonly PosterColours[], title: string, subtitle: string): string {
  const lines = wrap(title);
  const { width, height } = POSTER;
  return html`<svg
    xmlns="http://www.w3.org/2000/svg"
    viewBox="0 0 ${width} ${height}"
    width="${width}"
    height="${height}"
    role="img"
    aria-label="${title}"
  >
    <defs>
      <linearGradient id="g" x1="0" y1="0" x2="1" y2="1">
        ${colours.map(({ at, colour }) => html`<stop offset="${at}" stop-color="rgb(${colour.join(',')})" />`)}
      </linearGradient>
    </defs>
    <rect width="${width}" height="${height}" fill="url(#g)" />
    <g fill="#fff" fill-opacity="0.04" stroke="#fff" stroke-opacity="0.22" stroke-width="3">
      ${RINGS.radii.map((radius) => html`<circle cx="${RINGS.x}" cy="${RINGS.y}" r="${radius}" />`)}
    </g>
    <g fill="#fff" font-family="Atkinson Hyperlegible Next, Verdana, sans-serif">
      <text font-size="64" font-weight="700">
        ${lines.map((line, index) => html`<tspan x="72" y="${140 + index * 78}">${line}</tspan>`)}
      </text>
      <text x="72" y="560" font-size="34" fill-opacity="0.9">${subtitle}</text>
    </g>
  </svg>`.toString();
}

/** Lines of whole words; text that does not fit ends with an ellipsis. */
function wrap(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && [...last, ...word].length < LINE_LENGTH) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.length <= LINES ? lines : [...lines.slice(0, LINES - 1), `${lines[LINES - 1]}…`];
}
