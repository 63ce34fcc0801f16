import { type seededRandom } from '../support/load/seeded-random.js';
import { HOSTILE_FIELDS, HOSTILE_VALUES } from './hostile-values.js';

type Luck = ReturnType<typeof seededRandom>;
type Mutation = (payload: unknown, luck: Luck) => string;

/** One error in a payload, as JSON text. The schema decides afterwards whether it is still a valid one. */
export function mutatedPayload(payload: unknown, luck: Luck): string {
  return luck.pick(MUTATIONS)(payload, luck);
}

const json = (value: unknown) => JSON.stringify(value) ?? 'null';
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const objectOf = (fields: readonly string[]) => `{${fields.join(',')}}`;
const fieldsOf = (payload: unknown) =>
  Object.entries(isRecord(payload) ? payload : {}).map(([name, value]) => `${json(name)}:${json(value)}`);

const MUTATIONS: readonly Mutation[] = [
  replaceField,
  replaceField,
  replaceField,
  dropField,
  addField,
  repeatField,
  wrap,
  replaceAll,
];

/** Another value in one field, most of all. */
function replaceField(payload: unknown, luck: Luck): string {
  const fields = fieldsOf(payload);
  if (fields.length === 0) return luck.pick(HOSTILE_VALUES);
  const at = luck.below(fields.length);
  const name = Object.keys(payload as object)[at]!;
  return objectOf(fields.with(at, `${json(name)}:${luck.pick(HOSTILE_VALUES)}`));
}

function dropField(payload: unknown, luck: Luck): string {
  const fields = fieldsOf(payload);
  return objectOf(fields.toSpliced(luck.below(Math.max(fields.length, 1)), 1));
}

function addField(payload: unknown, luck: Luck): string {
  return objectOf([...fieldsOf(payload), luck.pick(HOSTILE_FIELDS)]);
}

/** The same field twice: a parser in front may look at the first, the hub sees the last. */
function repeatField(payload: unknown, luck: Luck): string {
  const fields = fieldsOf(payload);
  const name = luck.pick(Object.keys((payload as object | null) ?? {}).concat('id'));
  return objectOf([...fields, `${json(name)}:${luck.pick(HOSTILE_VALUES)}`]);
}

function wrap(payload: unknown, luck: Luck): string {
  const text = json(payload);
  return luck.pick([`[${text}]`, `{"payload":${text}}`, json(text), `{"data":${text},"event":"session:join"}`]);
}

function replaceAll(_: unknown, luck: Luck): string {
  return luck.pick(HOSTILE_VALUES);
}
