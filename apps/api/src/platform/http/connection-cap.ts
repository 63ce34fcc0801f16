import { getHeapStatistics } from 'node:v8';
import { type Config } from '../../config/config.js';

/** Connections that one person needs with all their screens; that a venue needs behind one address. */
const ACTOR = 20;
const ADDRESS = 10_000;
/** Within a second one address gets at most this many new connections for each that remains for the others. */
const SHARE_OF_ADDRESS = 2;
/** Heap of a connection under load, in bytes; measured at rest it is about 5 KB. */
const BYTES_EACH = 32 * 1024;

type CapsConfig = Pick<Config, 'LIMITS' | 'LIMIT_FACTOR' | 'ADDRESS_LIMIT_FACTOR' | 'MAX_CONNECTIONS'>;

/**
 * How many connections one process keeps open: of one actor, of one address, and in total by its memory; and how new ones are shared
 * among addresses.
 */
export function connectionCap({ LIMITS, LIMIT_FACTOR, ADDRESS_LIMIT_FACTOR, MAX_CONNECTIONS }: CapsConfig) {
  const all = MAX_CONNECTIONS ?? Math.floor(getHeapStatistics().heap_size_limit / BYTES_EACH);
  if (LIMITS === 'off') return { all, actor: Infinity, address: Infinity, shareOfAddress: Infinity };
  return {
    all,
    actor: Math.max(1, Math.round(ACTOR * LIMIT_FACTOR)),
    address: Math.max(1, Math.round(ADDRESS * LIMIT_FACTOR * ADDRESS_LIMIT_FACTOR)),
    shareOfAddress: SHARE_OF_ADDRESS * ADDRESS_LIMIT_FACTOR,
  };
}
