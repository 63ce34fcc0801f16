import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { PARTS } from './page-preloads.js';

const WEB = resolve(import.meta.dirname, '../../../web/src');

describe('what a page names for a browser to load first (WEB-193)', () => {
  it.each(Object.values(PARTS))('exists in the web app: $module', ({ module, texts }) => {
    expect(existsSync(`${WEB}/views/${module}.tsx`)).toBe(true);
    for (const namespace of texts) expect(existsSync(`${WEB}/i18n/en/${namespace}.json`)).toBe(true);
  });
});
