import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig, type Plugin } from 'vite';

/** Starts the download of the font before the style sheet that names it has been read. Its half for other letters is loaded where there are some. */
const preloadFont: Plugin = {
  name: 'plenum-preload-font',
  transformIndexHtml: {
    order: 'post',
    handler: (_html, { bundle }) =>
      Object.keys(bundle ?? {})
        .filter((file) => /-latin-wght-normal-.*\.woff2$/.test(file))
        .map((file) => ({
          tag: 'link',
          injectTo: 'head-prepend' as const,
          attrs: { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: true, href: `/${file}` },
        })),
  },
};

const STYLESHEET = /[ \t]*<link rel="stylesheet"[^>]*>\n?/g;
/** The server's HTML is shown once its style sheets are there: they are asked for before any script. */
const stylesFirst: Plugin = {
  name: 'plenum-styles-first',
  transformIndexHtml: {
    order: 'post',
    handler: (html) => {
      const styles = html.match(STYLESHEET) ?? [];
      return html.replace(STYLESHEET, '').replace(/(?=[ \t]*<script)/, styles.join(''));
    },
  },
};

/** What the entry needs first, in the order in which one needs the other: packages by the name of their chunk. */
const PACKAGES = {
  libraries: /node_modules\/(react|react-dom|scheduler|i18next|react-i18next)\/|app\/evaluate-react\.ts$/,
  router: /node_modules\/@tanstack\/(react-router|router-core|history|react-store|store)\//,
};

/**
 * Evaluates the entry's chunks one after another, each in a task of its own: in one, a slow phone stands still for a third of a second.
 * What an entry imports is evaluated in one task however many chunks it has, so the page's script becomes one that only imports them.
 */
const separateTasks: Plugin = {
  name: 'plenum-separate-tasks',
  enforce: 'post',
  generateBundle(_, bundle) {
    const page = bundle['index.html'];
    const chunks = Object.values(bundle).filter((one) => one.type === 'chunk');
    const entry = chunks.find(({ isEntry }) => isEntry);
    if (page?.type !== 'asset' || !entry) throw new Error('the build has no page or no entry');
    const first = Object.keys(PACKAGES).map((name) => {
      const chunk = chunks.find((one) => one.name === name);
      if (!chunk) throw new Error(`the build has no chunk ${name}`);
      return chunk.fileName;
    });
    const source = sequentialImports([...first, entry.fileName].map((file) => `/${file}`));
    const script = this.getFileName(this.emitFile({ type: 'asset', name: 'index.js', source }));
    const tag = (file: string) => `<script type="module" crossorigin src="/${file}"></script>`;
    if (!String(page.source).includes(tag(entry.fileName))) throw new Error('index.html does not name the entry');
    const preload = `<link rel="modulepreload" crossorigin href="/${entry.fileName}">`;
    page.source = String(page.source).replace(tag(entry.fileName), `${tag(script)}\n    ${preload}`);
  },
};

const sequentialImports = (files: readonly string[]) =>
  `const nextTask=()=>new Promise((done)=>setTimeout(done));${files.map((file) => `await import(${JSON.stringify(file)});`).join('await nextTask();')}\n`;

const api = process.env['API_URL'] ?? 'http://127.0.0.1:3000';

/** The oldest browsers that open the page; scripts/lint/newer-apis.mjs lists what they lack, since syntax alone is translated for them. */
const TARGET = ['chrome111', 'edge111', 'firefox114', 'safari16.4', 'ios16.4'];

/** A request costs a page more than a few KB do: small modules that several views share are few chunks. */
const CHUNKS = [
  ...Object.entries(PACKAGES).map(([name, test]) => ({ name, test, tags: ['$initial' as const], priority: 3 })),
  { name: 'livekit', test: /node_modules\/(livekit-client|@livekit)\//, priority: 3 },
  { name: 'app', tags: ['$initial' as const], priority: 2 },
  { name: 'shared', minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 4_000, priority: 1 },
];

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), preloadFont, stylesFirst, separateTasks],
  resolve: { conditions: ['source', ...defaultClientConditions] },
  // Nothing is inlined: the policy of the page allows no data: script, style or font.
  build: {
    target: TARGET,
    outDir: '../../dist-web',
    emptyOutDir: true,
    manifest: true,
    assetsInlineLimit: 0,
    rolldownOptions: { output: { codeSplitting: { groups: CHUNKS } } },
  },
  server: { proxy: { '/api': api, '/socket.io': { target: api, ws: true } } },
});
