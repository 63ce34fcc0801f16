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

const api = process.env['API_URL'] ?? 'http://127.0.0.1:3000';

/** The oldest browsers that open the page; scripts/lint/newer-apis.mjs lists what they lack, since syntax alone is translated for them. */
const TARGET = ['chrome111', 'edge111', 'firefox114', 'safari16.4', 'ios16.4'];

/** A request costs a page more than a few KB do: small modules that several views share are few chunks. */
const CHUNKS = [
  { name: 'app', tags: ['$initial' as const], priority: 2 },
  { name: 'shared', minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 4_000, priority: 1 },
];

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), preloadFont, stylesFirst],
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
