import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';

const LIBS = new URL('../../../libs/', import.meta.url);
const OPTIONS = {
  jsc: {
    target: 'es2023',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

/** Finds the source of a module that is imported by the name of its build. */
export async function resolve(specifier, context, next) {
  const url = specifier.startsWith('#libs/')
    ? new URL(`${specifier.slice('#libs/'.length)}.ts`, LIBS)
    : /^(\.|file:)/.test(specifier) && new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
  if (url && url.pathname.endsWith('.ts') && existsSync(url))
    return { url: url.href, format: 'module', shortCircuit: true };
  return next(specifier, context);
}

export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context);
  const filename = fileURLToPath(url);
  const { code } = await transform(await readFile(filename, 'utf8'), { ...OPTIONS, filename, swcrc: false });
  return { format: 'module', source: code, shortCircuit: true };
}
