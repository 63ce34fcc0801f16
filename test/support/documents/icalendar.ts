/** A component of a calendar: its properties by name, and the components within it. */
export interface Component {
  readonly name: string;
  readonly properties: Readonly<Record<string, readonly string[]>>;
  readonly components: readonly Component[];
}

const MOST_OCTETS = 75;
/** RFC 5545, 3.1: `name *(";" param) ":" value`. */
const CONTENT_LINE = /^([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)*):(.*)$/;
// eslint-disable-next-line no-control-regex -- these are searched for
const CONTROL = /[\u0000-\u0008\u000a-\u001f\u007f]/;

/** Reads a calendar strictly by RFC 5545; throws where its lines, folding or nesting violate the standard. */
export function parseCalendar(text: string): Component {
  if (!text.endsWith('\r\n') && !text.endsWith('END:VCALENDAR'))
    throw new Error('the text ends in the middle of a line');
  const physical = text.replace(/\r\n$/, '').split('\r\n');
  const long = physical.find((line) => Buffer.byteLength(line) > MOST_OCTETS);
  if (long !== undefined) throw new Error(`more than ${MOST_OCTETS} octets: ${long}`);
  const lines = physical
    .join('\r\n')
    .replace(/\r\n[ \t]/g, '')
    .split('\r\n');
  return nest(lines.map(readLine));
}

interface Line {
  readonly name: string;
  readonly value: string;
}

function readLine(line: string): Line {
  const [, name, , value] = CONTENT_LINE.exec(line) ?? [];
  if (name === undefined || value === undefined || CONTROL.test(line)) throw new Error(`not a content line: ${line}`);
  return { name: name.toUpperCase(), value };
}

function nest(lines: readonly Line[]): Component {
  const root = { name: '', properties: {} as Record<string, string[]>, components: [] as Component[] };
  const open = [root];
  for (const { name, value } of lines) {
    const inner = open.at(-1)!;
    if (name === 'BEGIN') {
      const next = { name: value, properties: {}, components: [] };
      inner.components.push(next);
      open.push(next);
    } else if (name === 'END') {
      if (open.length < 2 || inner.name !== value) throw new Error(`END:${value} closes ${inner.name}`);
      open.pop();
    } else (inner.properties[name] ??= []).push(value);
  }
  const [calendar, ...more] = root.components;
  if (open.length > 1 || !calendar || more.length > 0 || Object.keys(root.properties).length > 0)
    throw new Error('not one whole calendar');
  return calendar;
}
