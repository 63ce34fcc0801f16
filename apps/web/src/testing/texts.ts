import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { isolate } from '#libs/contract/direction';

const FOLDER = join(process.cwd(), 'apps/web/src/i18n');

export const NAMESPACES = readdirSync(join(FOLDER, 'en')).map((file) => file.replace('.json', ''));

/** The catalogue of one language and feature, as it is written. */
export function catalogue(language: string, namespace: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(FOLDER, language, `${namespace}.json`), 'utf8')) as Record<string, unknown>;
}

/** The texts of one language, all loaded, for components under test. */
export async function textsOf(language: string): Promise<i18n> {
  const instance = i18next.createInstance();
  const resources = {
    [language]: Object.fromEntries(NAMESPACES.map((namespace) => [namespace, catalogue(language, namespace)])),
  };
  await instance.use(initReactI18next).init({
    lng: language,
    resources,
    defaultNS: 'common',
    ns: NAMESPACES,
    interpolation: { escapeValue: true, escape: isolate },
  });
  return instance;
}
