import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import hooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import ts from 'typescript-eslint';
import { newerApis } from './scripts/lint/newer-apis.mjs';
import { translatedText } from './scripts/lint/translated-text.mjs';

export default ts.config(
  { ignores: ['dist/**', 'dist-web/**', '.data/**', 'node_modules/**', 'coverage/**', '*.cjs'] },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...ts.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { project: ['./tsconfig.json', './apps/web/tsconfig.json'], tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/explicit-module-boundary-types': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
        { selector: 'TSEnumDeclaration', message: 'String unions, not enums.' },
      ],
    },
  },
  {
    files: ['apps/api/src/**/*.ts', 'libs/**/*.ts'],
    ignores: ['apps/api/src/config/config.ts', '**/*.spec.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only config.ts reads process.env.' },
      ],
      'no-console': 'error',
    },
  },
  {
    files: ['tools/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'scripts/tool.mjs gives the settings to a command.' },
      ],
    },
  },
  {
    // Nest's decorators read the types of injected classes at run time: a type-only import would break injection.
    files: ['apps/api/**/*.ts'],
    rules: { '@typescript-eslint/consistent-type-imports': 'off', '@typescript-eslint/no-extraneous-class': 'off' },
  },
  {
    files: ['apps/web/**/*.{ts,tsx}'],
    ...hooks.configs.flat['recommended-latest'],
    languageOptions: { globals: globals.browser },
  },
  {
    files: ['apps/web/src/**/*.tsx'],
    plugins: { plenum: { rules: { 'translated-text': translatedText } } },
    rules: { 'plenum/translated-text': 'error' },
  },
  {
    // What runs in browsers; this replaces the list of libs above, so it names process.env again.
    files: ['apps/web/src/**/*.{ts,tsx}', 'libs/{client,contract}/**/*.ts'],
    ignores: ['**/*.spec.{ts,tsx}'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only config.ts reads process.env.' },
        ...newerApis,
      ],
    },
  },
  {
    // SQL by hand goes through platform/database/sql.ts, which parses rows and knows TypeORM's results; the lease has a connection of its own.
    files: ['apps/api/src/**/*.ts'],
    ignores: ['apps/api/src/platform/database/**', 'apps/api/src/platform/cluster/node-lease.ts', '**/*.spec.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
        { selector: 'TSEnumDeclaration', message: 'String unions, not enums.' },
        {
          selector: "CallExpression[callee.property.name='query']",
          message:
            'SQL by hand: queryRows, queryRow, queryOne, queryExists or execute of platform/database/sql.ts, in a repository.',
        },
      ],
    },
  },
  {
    // A longer function is split by sense: state and effects into a hook beside its view, pure parts out.
    files: ['{apps,libs,scripts}/**/*.{ts,mjs}'],
    ignores: ['**/*.spec.ts', 'apps/api/src/feed/connections/*socket-adapter.ts'],
    rules: { 'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: ['apps/web/**/*.tsx'],
    ignores: ['**/*.spec.tsx'],
    rules: { 'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }] },
  },
  { files: ['apps/web/vite.config.ts', 'test/support/runner/css-module.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['**/*.spec.{ts,tsx}', 'test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  { files: ['**/*.{js,mjs}'], languageOptions: { globals: globals.node } },
  { files: ['apps/web/public/*.js'], languageOptions: { globals: globals.browser } },
  prettier,
);
