/** The dependency rule of docs/ARCHITECTURE.md, checked by `npm run boundaries`. */
const feature = '^apps/api/src/(cues|demo|feed|hub|identity|pages|polls|programme|questions|screens|streams)/';
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: { pathNot: '\\.entity\\.ts$' },
      to: { circular: true, viaOnly: { pathNot: '\\.entity\\.ts$' } },
    },
    {
      name: 'the-hub-knows-no-tool',
      severity: 'error',
      from: { path: '^(apps|libs)/' },
      to: { path: '^tools/' },
    },
    {
      name: 'tools-know-only-config-and-tokens-of-the-api',
      severity: 'error',
      from: { path: '^tools/' },
      to: { path: '^(apps|scripts)/', pathNot: '^apps/api/src/(config|identity/tokens)/' },
    },
    { name: 'libs-never-import-apps', severity: 'error', from: { path: '^libs/' }, to: { path: '^apps/' } },
    {
      name: 'domain-imports-nothing',
      severity: 'error',
      from: { path: '^libs/domain/' },
      to: { pathNot: '^libs/domain/' },
    },
    {
      name: 'contract-imports-domain-and-zod-only',
      severity: 'error',
      from: { path: '^libs/contract/' },
      to: { pathNot: ['^libs/(contract|domain)/', 'node_modules/zod/'] },
    },
    {
      name: 'client-knows-contract-only',
      severity: 'error',
      from: { path: '^libs/client/' },
      to: { path: '^libs/(bus|livekit|socket-server)/' },
    },
    {
      name: 'socket-server-and-bus-know-no-feature',
      severity: 'error',
      from: { path: '^libs/(bus|socket-server)/' },
      to: { path: '^libs/(client|livekit)/' },
    },
    {
      name: 'load-generator-knows-contract-and-client-only',
      severity: 'error',
      from: { path: '^libs/load-generator/' },
      to: { path: '^libs/(bus|livekit|socket-server)/' },
    },
    {
      name: 'no-hub-part-knows-the-load-generator',
      severity: 'error',
      from: { path: '^(apps|libs/(bus|client|contract|livekit|socket-server))/' },
      to: { path: '^libs/load-generator/' },
    },
    {
      name: 'livekit-stands-alone',
      severity: 'error',
      from: { path: '^libs/livekit/' },
      to: { path: '^libs/(bus|client|socket-server)/' },
    },
    {
      name: 'web-uses-contract-and-client',
      severity: 'error',
      from: { path: '^apps/web/' },
      to: { path: '^(apps/api|libs/(bus|livekit|socket-server))/' },
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
      name: 'repository-stays-in-its-feature', // all but the log of acts, which every feature writes to
      severity: 'error',
      from: { path: '^apps/api/src/([^/]+)/' },
      to: { path: '^apps/api/src/([^/]+)/.*\\.repository\\.ts$', pathNot: '^apps/api/src/($1|audit)/' },
    },
    {
      name: 'sql-stays-in-repositories',
      severity: 'error',
      from: { path: '^apps/api/src/', pathNot: ['\\.repository\\.ts$', '^apps/api/src/platform/database/'] },
      to: { path: '^apps/api/src/platform/database/(sql|prepared|in-batches|insert-once)\\.ts$' },
    },
    {
      name: 'features-never-import-views',
      severity: 'error',
      from: { path: '^apps/web/src/(features|i18n|platform|ui)/' },
      to: { path: '^apps/web/src/(app|views)/' },
    },
    {
      name: 'audit-knows-no-feature',
      severity: 'error',
      from: { path: '^apps/api/src/audit/' },
      to: { path: feature },
    },
    { name: 'no-barrels', severity: 'error', from: {}, to: { path: '^(apps|libs|tools)/.*/index\\.tsx?$' } },
    {
      name: 'platform-knows-no-feature',
      severity: 'error',
      from: { path: '^apps/api/src/platform/' },
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
