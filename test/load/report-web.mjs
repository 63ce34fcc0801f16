import { spread, table } from './numbers.mjs';
import { PAGES, pageName } from './web.mjs';

const KINDS = ['html', 'js', 'css', 'fonts', 'texts', 'api', 'socket', 'other'];

/** The bytes of a page before its stream, and how long people wait for it. */
export function webSection({ of }) {
  const names = Object.keys(PAGES).map(pageName).filter((name) => of(name).length > 0); // prettier-ignore
  if (names.length === 0) return null;
  const rows = names.map((name) => row(name, of(name)));
  const head = ['page', 'runs', 'before the stream, KB', ...KINDS.map((kind) => `${kind}, KB`), 'stream, KB', 'requests', 'first paint, s', 'LCP, s', 'blocking, s', 'layout shift']; // prettier-ignore
  return `### Pages in a browser\n\n\`npm run bench -- ${names.join(' ')}\`: Chromium without a cache and with a CPU four times slower opens a page of the demo: the programme as a stranger on a phone, the live plenary as an attendee on a phone, its desk as a moderator at 1280 × 800. Bytes as transferred, with headers. Blocking: what long tasks take beyond 50 ms each, from the first paint until no long task came for two seconds.\n\n${table(head, rows)}`;
}

function row(name, runs) {
  const cell = (pick, digits) => spread(runs.map(pick), digits);
  return [
    name,
    runs.length,
    cell(({ kb }) => kb.total),
    ...KINDS.map((kind) => cell(({ kb }) => kb[kind])),
    cell(({ kb }) => kb.stream),
    cell(({ requests }) => requests),
    cell(({ first }) => first, 2),
    cell(({ lcp }) => lcp, 2),
    cell(({ blocking }) => blocking, 2),
    cell(({ shift }) => shift, 4),
  ];
}
