/**
 * No folder imports another one that imports it, directly or through others; checked by `npm run boundaries`. Nest's modules are left
 * out: the one of a noun stands beside the files that its folders share, and lists the services in them.
 */
const { options } = require('./.dependency-cruiser.cjs');
module.exports = {
  forbidden: [
    {
      name: 'no-folder-cycle',
      severity: 'error',
      scope: 'folder',
      from: {},
      to: { circular: true },
    },
  ],
  options: { ...options, exclude: { path: [...options.exclude.path, '\\.module\\.ts$'] } },
};
