import { beforeAll, it } from '@jest/globals';
import { shortFaults } from '../../fault/short.js';
import { fallSilent } from '../../fault/silence.js';

const hub = shortFaults(
  ['F5', 'F6', 'F7', 'F8', 'F9', 'F10', 'F11', 'F12', 'F13', 'F17', 'F18', 'F20', 'F22', 'F23', 'F26'],
  (fault) => `loses and doubles nothing: ${fault} (G1, G2, G3, G4, G5, G6, ERR-6, ERR-7, ERR-8)`,
);

let silent: Awaited<ReturnType<typeof fallSilent>>;
beforeAll(async () => {
  silent = await fallSilent(hub.cluster());
}, 30_000);

it(
  'closes a connection whose network fell silent, within 45 s of it: F19 (FEED-13)',
  () => silent.untilClosed(),
  60_000,
);
