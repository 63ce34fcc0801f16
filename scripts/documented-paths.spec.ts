import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..');
const PAGES = ['README.md', 'CONTRIBUTING.md', 'docs/ARCHITECTURE.md'];
/** Where a path of a page may begin. */
const BASES = ['', 'apps/api/src', 'apps/web/src'];
/** Made when the project runs or is built. */
const MADE = /^(\.data|\.env$|dist|dist-web|node_modules|test-results)(\/|$)/;
const EXTENSION = /\.(cjs|css|js|json|md|mjs|ts|tsx|xml|yml)$/;
const SKIPPED = new Set(['.git', '.data', 'dist', 'dist-web', 'node_modules', 'test-results', 'coverage']);

/** Every folder and file of the checkout. */
const all = new Set(entriesOf(''));

function entriesOf(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter(({ name }) => !SKIPPED.has(name))
    .flatMap((entry) => {
      const path = folder ? `${folder}/${entry.name}` : entry.name;
      return entry.isDirectory() ? [path, ...entriesOf(path)] : [path];
    });
}

/** What stands in backticks and looks like a path: it has a slash or the ending of a source file. Code blocks are commands. */
function pathsIn(page: string): string[] {
  const words = [...page.replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/`([^`\s]+)`/g)].map(([, word]) => word ?? '');
  return words.filter(isPath).map((word) => word.replace(/\/$/, ''));
}

function isPath(word: string): boolean {
  if (!/^[\w.@<>{},|*/-]+$/.test(word) || word.startsWith('/') || MADE.test(word)) return false;
  return /\w\//.test(word) || (EXTENSION.test(word) && /^[\w<{]/.test(word));
}

/** `{a,b}` and `a|b` within a name are alternatives, `*` and `<noun>` any name. */
function alternatives(path: string): string[] {
  const braces = /\{([^{}]+)\}/.exec(path) ?? /(?<=[./])([\w-]+(?:\|[\w-]+)+)/.exec(path);
  if (!braces) return [path];
  return (braces[1] ?? '').split(/[,|]/).flatMap((one) => alternatives(path.replace(braces[0], one)));
}

function isThere(path: string): boolean {
  const pattern = path.replaceAll(/[.+()]/g, String.raw`\$&`).replaceAll(/\*|<[\w-]+>/g, '[^/]+');
  const start = path.includes('/') ? `^(${BASES.map((base) => base && `${base}/`).join('|')})` : '(^|/)';
  const wanted = new RegExp(`${start}${pattern}$`);
  return [...all].some((entry) => wanted.test(entry));
}

describe('the paths that the docs name', () => {
  it.each(PAGES)('exist: %s', (page) => {
    const named = pathsIn(readFileSync(join(ROOT, page), 'utf8'));
    expect(named.flatMap(alternatives).filter((path) => !isThere(path))).toEqual([]);
  });

  it.each(PAGES)('have a target where they are links: %s', (page) => {
    const links = [...readFileSync(join(ROOT, page), 'utf8').matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)];
    const targets = links.map(([, target]) => join(dirname(page), target ?? ''));
    expect(targets.filter((target) => !existsSync(join(ROOT, target)))).toEqual([]);
  });

  it('are found in the page of the architecture', () => {
    const named = pathsIn(readFileSync(join(ROOT, 'docs/ARCHITECTURE.md'), 'utf8'));
    expect(named.length).toBeGreaterThan(40);
  });

  it('are missed when they are gone', () => {
    expect(pathsIn('`apps/api/src/gone/x.ts`, `/api/docs`, `.data/x`, `any`, `npm test`')).toEqual([
      'apps/api/src/gone/x.ts',
    ]);
    expect(isThere('apps/api/src/gone/x.ts')).toBe(false);
    expect(alternatives('question.repository|policy.ts')).toEqual(['question.repository.ts', 'question.policy.ts']);
  });
});
