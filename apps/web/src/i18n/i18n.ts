import { isolate } from '#libs/contract/direction';
import i18next, { type BackendModule, type ResourceKey } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { loadPart, PartMissing } from '../platform/load-part.js';
import { StoredChoice } from '../platform/stored-choice.js';
import { chooseLanguage, isInterfaceLanguage, LANGUAGES } from './languages.js';

/** Addresses, not modules: a browser never asks again for a module that failed to load. */
const catalogues = import.meta.glob<string>('./*/*.json', { query: '?url', import: 'default', eager: true });

/** Why texts could not be loaded last; i18next does not tell. */
let failure: Error | undefined;

/** Loads a language's texts of one feature when it is first shown. */
const backend: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read(language, namespace, done) {
    const address = catalogues[`./${language}/${namespace}.json`];
    if (!address) return done(new Error(`no catalogue ${language}/${namespace}`), null);
    loadPart(() => fetchTexts(address)).then(
      (texts) => done(null, texts),
      (error: Error) => {
        failure = error;
        done(error, null);
      },
    );
  },
};

async function fetchTexts(address: string): Promise<ResourceKey> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return (await response.json()) as ResourceKey;
}

const chosen = new StoredChoice('plenum-language', isInterfaceLanguage);

export const i18n = i18next.createInstance();
let setStarted = () => {};
/** Why texts could not be loaded last; i18next does not report it. */
const started = new Promise<void>((resolve) => (setStarted = resolve));

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
      // React escapes markup; an interpolated value must not change the direction of its sentence.
      interpolation: { escapeValue: true, escape: isolate },
    });
  setStarted();
}

/** Loads the texts of features in the language of the page. Throws PartMissing where they are unavailable: keys are never shown in place of texts. */
export async function loadTexts(namespaces: readonly string[]): Promise<void> {
  await started;
  await loadTextsOf(i18n.language, namespaces, () => i18n.loadNamespaces(namespaces));
}

/** Changes the language once all texts on the page are loaded in it; throws PartMissing, and changes nothing, where they are unavailable. */
export async function changeLanguage(language: string): Promise<void> {
  await loadTextsOf(language, [i18n.options.ns ?? []].flat(), () => i18n.loadLanguages(language));
  if (isInterfaceLanguage(language)) chosen.set(language);
  document.cookie = `lang=${language}; path=/; max-age=31536000; samesite=lax`; // the server reads it for the page before any script
  await i18n.changeLanguage(language);
}

/** i18next never requests failed texts again with `load`, so they are reloaded. */
async function loadTextsOf(language: string, namespaces: readonly string[], load: () => Promise<void>): Promise<void> {
  const missing = () => namespaces.filter((namespace) => !i18n.hasResourceBundle(language, namespace));
  await load();
  if (missing().length > 0) await i18n.reloadResources([language], missing());
  if (missing().length > 0) throw failure ?? new PartMissing(`no texts in ${language}: ${missing().join(', ')}`);
}
