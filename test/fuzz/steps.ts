import { REQUESTS, type RequestName } from '#libs/contract/socket';
import { type seededRandom } from '../support/load/seeded-random.js';
import { type AttackerLine } from './attacker-line.js';
import { BROKEN_PACKETS, ODD_FRAMES } from './broken-packets.js';
import { HOSTILE_NAMES, HOSTILE_VALUES } from './hostile-values.js';
import { mutatedPayload } from './mutated-payload.js';
import { fragments, VIOLATIONS } from './web-socket-frames.js';

/** A message of the contract with a payload that fits it. */
export interface ValidRequest {
  readonly name: RequestName;
  readonly payload: unknown;
}

/** One step of an attacker, and the expected outcome. */
export interface Step {
  readonly kind: string;
  /** What is written, for the report. */
  readonly text: string;
  /** answer: any but `internal`. error: a refusal. end: of the connection. nothing: it continues as before. */
  readonly expects: 'answer' | 'error' | 'end' | 'nothing';
  /** The acks that it requests. */
  readonly acks: readonly number[];
  readonly send: () => void;
}

export interface StepOptions {
  readonly line: AttackerLine;
  readonly luck: ReturnType<typeof seededRandom>;
  readonly request: ValidRequest;
}
type Maker = (options: StepOptions) => Omit<Step, 'kind'>;

const MAX_BYTES = 32 * 1024;
/** Socket.IO's own decoder takes no event with one of these names, nor with a name that is neither text nor number. */
const UNREADABLE = /^("(connect|connect_error|disconnect|disconnecting|newListener|removeListener)"|[^"\d-].*)$/;
const TINY = 100_000;

/** Makes the next step of an attacker; its kind is random, by weight. */
export function nextStep(options: StepOptions): Step {
  const [kind, make] = options.luck.pick(WEIGHTED);
  return { kind, ...make(options) };
}

const KINDS: readonly (readonly [weight: number, kind: string, make: Maker])[] = [
  [40, 'valid event', valid],
  [30, 'mutated event', mutated],
  [8, 'unknown event', unknown],
  [6, 'event without ack', withoutAck],
  [4, 'odd ack', oddAck],
  [1, 'burst', burst],
  [3, 'fragmented event', fragmented],
  [2, 'odd frame', oddFrame],
  [5, 'broken packet', broken],
  [4, 'WebSocket violation', violation],
  [2, 'other namespace', otherNamespace],
];
const RARE: [string, Maker] = ['100,000 fragments', tinyFragments];
const WEIGHTED = KINDS.flatMap(([weight, kind, make]) =>
  Array.from({ length: weight * 10 }, (): [string, Maker] => [kind, make]),
).concat([RARE]);

const event = (ack: number | '', name: string, ...args: string[]) => `42${ack}[${[name, ...args].join(',')}]`;
const isTooLong = (packet: string) => Buffer.byteLength(packet) > MAX_BYTES;

/** A request with an ack; the schema of the contract says whether it has to be refused. */
function asking({ line }: StepOptions, name: RequestName, payload: string, ...more: string[]): Omit<Step, 'kind'> {
  const ack = line.ack();
  const text = event(ack, JSON.stringify(name), payload, ...more);
  const isValid = REQUESTS[name].payload.safeParse(JSON.parse(payload)).success;
  const expects = isTooLong(text) ? 'end' : isValid ? 'answer' : 'error';
  return { text, expects, acks: expects === 'end' ? [] : [ack], send: () => line.write(text) };
}

function valid(options: StepOptions) {
  const { name, payload } = options.request;
  return asking(options, name, JSON.stringify(payload));
}

function mutated(options: StepOptions) {
  const { name, payload } = options.request;
  return asking(options, name, mutatedPayload(payload, options.luck));
}

function unknown({ line, luck, request }: StepOptions): Omit<Step, 'kind'> {
  const ack = line.ack();
  const name = luck.pick(HOSTILE_NAMES);
  const text = event(ack, name, luck.pick([JSON.stringify(request.payload), luck.pick(HOSTILE_VALUES)]));
  const isEnd = isTooLong(text) || UNREADABLE.test(name);
  return { text, expects: isEnd ? 'end' : 'error', acks: isEnd ? [] : [ack], send: () => line.write(text) };
}

function withoutAck({ line, luck, request: { name, payload } }: StepOptions): Omit<Step, 'kind'> {
  const body = luck.happens(0.5) ? JSON.stringify(payload) : mutatedPayload(payload, luck);
  const text = event('', luck.happens(0.8) ? JSON.stringify(name) : '"no:such"', body);
  return { text, expects: isTooLong(text) ? 'end' : 'nothing', acks: [], send: () => line.write(text) };
}

/** Something else where the client of Socket.IO puts its function, more of it, or no payload at all. */
function oddAck(options: StepOptions) {
  const { line, luck, request } = options;
  const payload = JSON.stringify(request.payload);
  if (luck.happens(0.7)) return asking(options, request.name, payload, luck.pick(HOSTILE_VALUES), '"ack"');
  const ack = line.ack();
  const text = event(ack, JSON.stringify(request.name));
  return { text, expects: 'error' as const, acks: [ack], send: () => line.write(text) };
}

/** More at once than a person does, and less than what closes a connection. */
function burst(options: StepOptions): Omit<Step, 'kind'> {
  const all = Array.from({ length: 16 }, () => valid(options));
  return {
    text: `${all.length} times ${all[0]!.text}`,
    expects: 'answer',
    acks: all.flatMap(({ acks }) => acks),
    send: () => all.forEach(({ send }) => send()),
  };
}

function fragmented(options: StepOptions): Omit<Step, 'kind'> {
  const step = valid(options);
  const count = 1 + options.luck.below(Math.min(step.text.length * 2, 2_000));
  return {
    ...step,
    text: `in ${count} fragments: ${step.text}`,
    send: () => options.line.writeBytes(fragments(step.text, count)),
  };
}

function tinyFragments({ line, luck }: StepOptions): Omit<Step, 'kind'> {
  const text = luck.happens(0.5) ? '42["x"]' : `42["${'x'.repeat(TINY)}"]`;
  return {
    text: `in ${TINY} fragments: ${text.slice(0, 20)}`,
    expects: 'end',
    acks: [],
    send: () => line.writeBytes(fragments(text, TINY)),
  };
}

function oddFrame({ line, luck }: StepOptions): Omit<Step, 'kind'> {
  const [text, bytes] = luck.pick(Object.entries(ODD_FRAMES));
  return { text, expects: 'nothing', acks: [], send: () => line.writeBytes(bytes) };
}

function broken({ line, luck }: StepOptions): Omit<Step, 'kind'> {
  const text = luck.pick(BROKEN_PACKETS);
  return { text, expects: 'end', acks: [], send: () => line.write(text) };
}

function violation({ line, luck }: StepOptions): Omit<Step, 'kind'> {
  const [text, bytes] = luck.pick(Object.entries(VIOLATIONS));
  return { text, expects: 'end', acks: [], send: () => line.writeBytes(bytes) };
}

function otherNamespace({ line, luck, request: { name, payload } }: StepOptions): Omit<Step, 'kind'> {
  const namespace = luck.pick(['/admin', '/', '/__proto__', '/%00', `/${'n'.repeat(1_000)}`, `/${luck.below(1e9)}`]);
  const isOther = namespace !== '/';
  const text =
    isOther && luck.happens(0.5) ? `42${namespace},1["${name}",${JSON.stringify(payload)}]` : `40${namespace},{}`;
  return { text, expects: 'end', acks: [], send: () => line.write(text) };
}
