import { getHeapStatistics } from 'node:v8';
import { type Config } from '../../config/config.js';

/** What one person needs with all their screens; what a venue needs behind one address. */
const ACTOR = 20;
const ADDRESS = 10_000;
/** Within a second an address makes at most so many new connections for each that it leaves to the others. */
const SHARE_OF_ADDRESS = 2;
/** Heap of a connection while everybody is busy, in bytes; measured at rest it keeps about 5 KB. */
const BYTES_EACH = 32 * 1024;

type CapsConfig = Pick<Config, 'LIMITS' | 'LIMIT_FACTOR' | 'ADDRESS_LIMIT_FACTOR' | 'MAX_CONNECTIONS'>;

/** How many connections one process keeps open: of one actor, of one address, and of all by its memory; and how new ones are shared. */
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
