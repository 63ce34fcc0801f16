import { buildWithGo, findProgram } from './go-program.mjs';

/** As in docker/compose.yml. */
export const CADDY_VERSION = '2.11.9';

/** @type {import('./go-program.mjs').GoProgram} */
const PROGRAM = {
  name: 'caddy',
  version: CADDY_VERSION,
  module: 'github.com/caddyserver/caddy/v2/cmd/caddy',
  binary: 'caddy',
  versionArgs: ['version'],
  takes: 'about 80 seconds',
  isPatient: true,
};

/** Finds Caddy or builds it, for the test of docker/Caddyfile; throws GoMissing where neither is there. The hub itself needs none. */
export const prepareCaddy = async (folder, say) =>
  (await findProgram(PROGRAM, folder)) ?? buildWithGo(PROGRAM, folder, say);
