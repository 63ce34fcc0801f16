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

const api = process.env['API_URL'] ?? 'http://127.0.0.1:3000';

/** The oldest browsers that open the page; scripts/lint/newer-apis.mjs lists what they lack, since syntax alone is translated for them. */
const TARGET = ['chrome111', 'edge111', 'firefox114', 'safari16.4', 'ios16.4'];

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), preloadFont],
  resolve: { conditions: ['source', ...defaultClientConditions] },
  // Nothing is inlined: the policy of the page allows no data: script, style or font.
  build: { target: TARGET, outDir: '../../dist-web', emptyOutDir: true, manifest: true, assetsInlineLimit: 0 },
  server: { proxy: { '/api': api, '/socket.io': { target: api, ws: true } } },
});
