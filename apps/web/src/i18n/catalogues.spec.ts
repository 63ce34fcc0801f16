import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ERRORS } from '#libs/contract/errors';
import { LANGUAGES as CONTRACT_LANGUAGES } from '#libs/contract/text';
import { catalogue, NAMESPACES } from '../testing/texts.js';
import { LANGUAGES } from './languages.js';

const SOURCE = join(process.cwd(), 'apps/web/src');
const PLURAL = /_(zero|one|two|few|many|other)$/;

type Texts = Record<string, string>;

function flatten(node: Record<string, unknown>, prefix = ''): Texts {
  return Object.entries(node).reduce<Texts>((texts, [key, value]) => {
    const path = prefix + key;
    return typeof value === 'string'
      ? { ...texts, [path]: value }
      : { ...texts, ...flatten(value as Record<string, unknown>, `${path}.`) };
  }, {});
}

const texts = (language: string, namespace: string) => flatten(catalogue(language, namespace));
const bases = (all: Texts) => [...new Set(Object.keys(all).map((key) => key.replace(PLURAL, '')))].sort();
const placeholders = (text: string) => [...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name]) => name!).sort();

describe('the catalogues', () => {
  it('speak every language of the contract (WEB-1)', () => {
    expect([...LANGUAGES].sort()).toEqual([...CONTRACT_LANGUAGES].sort());
    for (const language of LANGUAGES)
      expect(readdirSync(join(SOURCE, 'i18n', language)).sort()).toEqual(
        NAMESPACES.map((name) => `${name}.json`).sort(),
      );
  });

  describe.each(NAMESPACES)('%s', (namespace) => {
    const english = texts('en', namespace);

    it.each(LANGUAGES)('has the same keys in %s, none empty (WEB-1)', (language) => {
      const own = texts(language, namespace);
      expect(bases(own)).toEqual(bases(english));
      expect(Object.entries(own).filter(([, text]) => text.trim() === '')).toEqual([]);
    });

    it.each(LANGUAGES)('has every plural form of %s (WEB-2)', (language) => {
      const own = texts(language, namespace);
      const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
      const counted = [
        ...new Set(
          Object.keys(own)
            .filter((key) => PLURAL.test(key))
            .map((key) => key.replace(PLURAL, '')),
        ),
      ];
      const missing = counted.flatMap((base) => forms.map((form) => `${base}_${form}`)).filter((key) => !(key in own));
      expect(missing).toEqual([]);
    });

    it.each(LANGUAGES)('has the same placeholders in %s (WEB-1)', (language) => {
      const own = texts(language, namespace);
      const differing = Object.entries(own).filter(([key, text]) => {
        const original = english[key] ?? english[key.replace(PLURAL, '_other')]!;
        return placeholders(text).join() !== placeholders(original).join();
      });
      expect(differing).toEqual([]);
    });
  });

  it('have words for every error code (WEB-3)', () => {
    const known = Object.keys(texts('en', 'errors'));
    expect(Object.keys(ERRORS).filter((code) => !known.includes(code.replaceAll('.', '_')))).toEqual([]);
  });
});

/** The keys that a file uses: `t('key')` and `t(cond ? 'a' : 'b')`; a template counts by its fixed beginning. */
function keysUsed(file: string): { key: string; isPrefix: boolean; namespace: string }[] {
  const source = readFileSync(file, 'utf8');
  const namespace = /useTranslation\(\s*'([\w-]+)'/.exec(source)?.[1] ?? 'common';
  const calls = [...source.matchAll(/(?<![\w.])t\(\s*((?:[^()'`]|\([^()]*\))*?)(['`])/g)].map(({ index }) =>
    source.slice(index, index + 220),
  );
  return calls.flatMap((call) => {
    const argument = call.slice(2).split(/,\s*\{|\)\s*[};,<\n)]/)[0]!;
    return [...argument.matchAll(/(?<![=!]==? )(['`])([a-z][\w-]*(?::[\w-]+)?(?:[.\w-]|\$\{)*[\w-]*)/g)].flatMap(
      ([, quote, found]) => {
        const [space, rest] = found!.includes(':')
          ? found!.split(':')
          : [/ns: '([\w-]+)'/.exec(call.split(')')[0]!)?.[1] ?? namespace, found];
        const isPrefix = quote === '`' && rest!.includes('${');
        return [{ key: rest!.split('${')[0]!, isPrefix, namespace: space }];
      },
    );
  });
}

describe('the source', () => {
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.tsx?$/.test(file) && !/\.spec\.|^testing\//.test(file),
  );

  it.each(files.filter((file) => readFileSync(join(SOURCE, file), 'utf8').includes('useTranslation')))(
    '%s asks for texts that exist (WEB-1)',
    (file) => {
      const missing = keysUsed(join(SOURCE, file)).filter(({ key, isPrefix, namespace }) => {
        if (!NAMESPACES.includes(namespace)) return true;
        const known = bases(texts('en', namespace));
        return isPrefix ? !known.some((text) => text.startsWith(key)) : !known.includes(key);
      });
      expect(missing).toEqual([]);
    },
  );
});
