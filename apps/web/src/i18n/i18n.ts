import { isolate } from '#libs/contract/direction';
import i18next, { type BackendModule } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { StoredChoice } from '../app/stored-choice.js';
import { chooseLanguage, isInterfaceLanguage, LANGUAGES } from './languages.js';

const catalogues = import.meta.glob<{ default: Record<string, unknown> }>('./*/*.json');

/** Loads a language's texts of one feature when it is first shown. */
const backend: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read(language, namespace, done) {
    const load = catalogues[`./${language}/${namespace}.json`];
    if (!load) return done(new Error(`no catalogue ${language}/${namespace}`), null);
    load().then(
      (module) => done(null, module.default),
      (error: Error) => done(error, null),
    );
  },
};

const chosen = new StoredChoice('plenum-language', isInterfaceLanguage);

export const i18n = i18next.createInstance();

/** Starts with the language of the address (`?lang=`), else the one chosen before, else the browser's. */
export async function startI18n(namespaces: readonly string[]): Promise<void> {
  const asked = new URLSearchParams(location.search).get('lang');
  i18n.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
  await i18n
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: chooseLanguage([asked, chosen.getSnapshot(), ...navigator.languages]),
      supportedLngs: [...LANGUAGES],
      fallbackLng: false,
      ns: [...namespaces],
      defaultNS: 'common',
      // React escapes markup; what is put into a sentence must not turn its direction.
      interpolation: { escapeValue: true, escape: isolate },
    });
}

export async function changeLanguage(language: string): Promise<void> {
  if (isInterfaceLanguage(language)) chosen.set(language);
  document.cookie = `lang=${language}; path=/; max-age=31536000; samesite=lax`; // the server reads it for what stands there before any script
  await i18n.changeLanguage(language);
}
