/** The dependency rule of docs/ARCHITECTURE.md, checked by `npm run boundaries`. */
const feature = '^apps/api/src/(programme|questions|polls|streams|feed|auth|health|pages|demo)/';
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: { pathNot: '\\.entity\\.ts$' },
      to: { circular: true, viaOnly: { pathNot: '\\.entity\\.ts$' } },
    },
    { name: 'libs-never-import-apps', severity: 'error', from: { path: '^libs/' }, to: { path: '^apps/' } },
    {
      name: 'contract-imports-zod-only',
      severity: 'error',
      from: { path: '^libs/contract/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: ['^libs/contract/', 'node_modules/zod/'] },
    },
    {
      name: 'client-knows-contract-only',
      severity: 'error',
      from: { path: '^libs/client/' },
      to: { path: '^libs/(realtime|livekit)/' },
    },
    {
      name: 'realtime-knows-no-feature',
      severity: 'error',
      from: { path: '^libs/realtime/' },
      to: { path: '^libs/(client|livekit)/' },
    },
    {
      name: 'audience-knows-contract-and-client-only',
      severity: 'error',
      from: { path: '^libs/audience/' },
      to: { path: '^libs/(realtime|livekit)/' },
    },
    {
      name: 'no-hub-part-knows-the-audience',
      severity: 'error',
      from: { path: '^(apps|libs/(contract|client|realtime|livekit))/' },
      to: { path: '^libs/audience/' },
    },
    {
      name: 'livekit-stands-alone',
      severity: 'error',
      from: { path: '^libs/livekit/' },
      to: { path: '^libs/(client|realtime)/' },
    },
    {
      name: 'web-uses-contract-and-client',
      severity: 'error',
      from: { path: '^apps/web/' },
      to: { path: '^(apps/api|libs/(realtime|livekit))/' },
    },
    {
      name: 'api-never-imports-web',
      severity: 'error',
      from: { path: '^apps/api/' },
      to: { path: '^(apps/web|libs/client)/' },
    },
    {
      name: 'only-livekit-lib-knows-its-sdk',
      severity: 'error',
      from: { pathNot: '^libs/livekit/' },
      to: { path: 'node_modules/livekit-server-sdk/' },
    },
    {
      name: 'service-never-reaches-up',
      severity: 'error',
      from: { path: '^apps/api/.*\\.(service|repository|policy|presenter|entity)\\.ts$' },
      to: { path: '\\.(gateway|controller)\\.ts$' },
    },
    {
      name: 'policy-is-pure',
      severity: 'error',
      from: { path: '^apps/api/.*\\.policy\\.ts$' },
      to: { path: '\\.(service|repository|gateway|controller)\\.ts$' },
    },
    {
      name: 'repository-stays-in-its-feature',
      severity: 'error',
      from: { path: '^apps/api/src/([^/]+)/' },
      to: { path: '^apps/api/src/([^/]+)/.*\\.repository\\.ts$', pathNot: '^apps/api/src/$1/' },
    },
    { name: 'no-barrels', severity: 'error', from: {}, to: { path: '^(apps|libs)/.*/index\\.tsx?$' } },
    {
      name: 'only-app-module-knows-every-feature',
      severity: 'error',
      from: { path: '^apps/api/src/common/' },
      to: { path: feature },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['\\.spec\\.tsx?$', '^dist'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['source', 'import', 'node', 'default'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
};
