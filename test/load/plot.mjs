import { median } from './numbers.mjs';

const [WIDTH, ROW, LEFT, RIGHT] = [760, 26, 210, 60];
const STORMS = ['usual-500x50', 'hub-500x50', 'hub-5000x1000', 'hub-18000x1000', 'votes-5000', 'votes-15000'];
/** Read by browsers also where the picture is an <img>: the colours follow the reader's scheme. */
const STYLE = `
  text { font: 13px system-ui, sans-serif; fill: #24292f; }
  .title { font-weight: 600; }
  .grid { stroke: #d0d7de; }
  .hub { fill: #0969da; }
  .usual { fill: #bc4c00; }
  .dim { fill: #57606a; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .grid { stroke: #444c56; }
    .hub { fill: #58a6ff; }
    .usual { fill: #f0883e; }
    .dim { fill: #9198a1; }
  }`;

/** Bars on logarithmic axes: latency of the storms, and µs per vote × person; null when nothing of it was measured. */
export function plot({ of }) {
  const runs = STORMS.map((name) => ({ name, runs: of(name) })).filter((each) => each.runs.length > 0);
  if (runs.length === 0) return null;
  const bars = (pick) => runs.map(({ name, runs }) => ({ name, values: runs.map(pick) }));
  const charts = [
    { title: 'visible p99, ms', bars: bars(({ visible }) => visible.p99) },
    { title: 'ack p99, ms', bars: bars(({ ack }) => ack.p99) },
    { title: "µs of all servers' CPU per vote × person", bars: bars(({ microsPerVotePerson }) => microsPerVotePerson) },
  ];
  const step = runs.length * ROW + 60;
  const body = charts.map((chart, at) => drawChart(chart, at * step + 24)).join('\n');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${charts.length * step + 12}" viewBox="0 0 ${WIDTH} ${charts.length * step + 12}" role="img" aria-label="Latency and cost of the hub beside the usual way, on logarithmic axes">
<style>${STYLE}
</style>
${body}
</svg>
`;
}

function drawChart({ title, bars }, top) {
  const all = bars.flatMap(({ values }) => values);
  const [low, high] = [Math.floor(Math.log10(Math.min(...all))), Math.ceil(Math.log10(Math.max(...all) * 1.01))];
  const x = (value) => LEFT + ((Math.log10(value) - low) / (high - low)) * (WIDTH - LEFT - RIGHT);
  const bottom = top + 10 + bars.length * ROW;
  const decades = Array.from({ length: high - low + 1 }, (_, at) => 10 ** (low + at));
  const grid = decades.map((value) => `<line class="grid" x1="${x(value).toFixed(1)}" x2="${x(value).toFixed(1)}" y1="${top + 8}" y2="${bottom}"/><text class="dim" x="${x(value).toFixed(1)}" y="${bottom + 15}" text-anchor="middle">${Number(value.toPrecision(1))}</text>`); // prettier-ignore
  return [`<text class="title" x="4" y="${top}">${title} (logarithmic)</text>`, ...grid, ...bars.map((bar, at) => drawBar(bar, top + 10 + at * ROW, x))].join('\n'); // prettier-ignore
}

/** The median as a bar, the least and the most as a line across its end. */
function drawBar({ name, values }, y, x) {
  const [middle, least, most] = [median(values), Math.min(...values), Math.max(...values)];
  const end = x(middle);
  const kind = name.startsWith('usual') ? 'usual' : 'hub';
  const line = least < most ? `<line class="grid" stroke-width="3" x1="${x(least).toFixed(1)}" x2="${x(most).toFixed(1)}" y1="${y + 11}" y2="${y + 11}"/>` : ''; // prettier-ignore
  return `<text x="4" y="${y + 16}">${name}</text><rect class="${kind}" x="${LEFT}" y="${y + 2}" width="${Math.max(1, end - LEFT).toFixed(1)}" height="${ROW - 8}"/>${line}<text x="${(Math.max(end, x(most)) + 6).toFixed(1)}" y="${y + 16}">${Number(middle.toPrecision(3))}</text>`;
}
