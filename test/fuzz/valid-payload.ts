import fc from 'fast-check';
import { z } from 'zod';

/** The ids that really exist, by the field that names them: a payload with them reaches the handler and not only its first lookup. */
export type KnownIds = Readonly<Record<string, readonly string[]>>;

type Def = z.core.$ZodTypeDef & {
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly element?: z.core.$ZodType;
  readonly keyType?: z.core.$ZodType;
  readonly valueType?: z.core.$ZodType;
  readonly innerType?: z.core.$ZodType;
  readonly in?: z.core.$ZodType;
  readonly options?: readonly z.core.$ZodType[];
  readonly entries?: Readonly<Record<string, string>>;
  readonly values?: readonly string[];
  readonly format?: string;
  readonly checks?: readonly z.core.$ZodCheck[];
};
type Check = { readonly check: string; readonly maximum?: number; readonly pattern?: RegExp };

const YEAR = 365 * 24 * 3_600_000;

/**
 * Payloads that a schema of the contract accepts. Knows the shapes that the contract uses and throws for any other, so that a new kind of
 * schema cannot be omitted from the fuzz.
 */
export function validPayload(schema: z.core.$ZodType, known: KnownIds, field = ''): fc.Arbitrary<unknown> {
  const def = schema._zod.def as Def;
  switch (def.type) {
    case 'object':
      return fc
        .record(fieldsOf(def, known), { requiredKeys: requiredOf(def) })
        .filter((value) => !def.checks?.length || z.safeParse(schema, value).success); // rules between its fields
    case 'array':
      return fc.array(validPayload(def.element!, known, field), { maxLength: 4 });
    case 'record':
      return fc.dictionary(keysOf(def, known), validPayload(def.valueType!, known), { maxKeys: 3 });
    case 'optional':
    case 'default':
      return validPayload(def.innerType!, known, field);
    case 'nullable':
      return fc.option(validPayload(def.innerType!, known, field), { nil: null });
    case 'enum':
      return fc.constantFrom(...Object.values(def.entries!));
    case 'union':
      return fc.oneof(...def.options!.map((option) => validPayload(option, known, field)));
    case 'literal':
      return fc.constantFrom(...def.values!);
    case 'boolean':
      return fc.boolean();
    case 'number':
      return wholeNumber(schema as z.ZodNumber);
    case 'string':
      return text(schema, known[field] ?? []);
    case 'pipe':
      return plainText(schema, def);
    default:
      throw new Error(
        `the fuzz knows no values for a schema of type ${def.type}: add them to test/fuzz/valid-payload.ts`,
      );
  }
}

function fieldsOf({ shape = {} }: Def, known: KnownIds): Record<string, fc.Arbitrary<unknown>> {
  return Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, validPayload(field, known, name)]));
}

function keysOf({ keyType }: Def, known: KnownIds): fc.Arbitrary<string> {
  return validPayload(keyType!, known) as fc.Arbitrary<string>;
}

function requiredOf({ shape = {} }: Def): string[] {
  return Object.keys(shape).filter((name) => !['optional', 'default'].includes(shape[name]!._zod.def.type));
}

function wholeNumber({ minValue, maxValue }: z.ZodNumber): fc.Arbitrary<number> {
  const bound = (value: number | null, otherwise: number) => (Number.isFinite(value) ? (value as number) : otherwise);
  return fc.integer({ min: Math.max(bound(minValue, 0), -1_000), max: Math.min(bound(maxValue, 1_000), 1_000) });
}

function text(schema: z.core.$ZodType, ids: readonly string[]): fc.Arbitrary<string> {
  const { format, checks = [] } = schema._zod.def as Def;
  if (format === 'guid')
    return ids.length === 0
      ? fc.uuid()
      : fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...ids) }, { weight: 1, arbitrary: fc.uuid() });
  if (format === 'datetime')
    return fc.integer({ min: -YEAR, max: YEAR }).map((offset) => new Date(Date.now() + offset).toISOString());
  const given = checks.map((check) => check._zod.def as Check);
  const pattern = given.find((check) => check.pattern)?.pattern;
  const longest = given.find((check) => check.maximum !== undefined)?.maximum ?? Infinity;
  if (pattern)
    return fc.stringMatching(pattern).filter((value) => value.length <= longest && z.safeParse(schema, value).success);
  if (longest < Infinity) return fc.string({ maxLength: longest });
  throw new Error('the fuzz knows no values for a string like this: add them to test/fuzz/valid-payload.ts');
}

/** `plainText` of the contract: a string that is trimmed, with the limits of its description. */
function plainText(schema: z.core.$ZodType, { in: before }: Def): fc.Arbitrary<string> {
  const { maxLength } = (z.globalRegistry.get(schema) ?? {}) as { maxLength?: number };
  if (before?._zod.def.type !== 'string' || maxLength === undefined)
    throw new Error(
      'the fuzz knows no values for a transformed schema like this: add them to test/fuzz/valid-payload.ts',
    );
  return fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
    .map((words) => [...words.trim()].slice(0, maxLength).join('').trim() || 'why');
}
