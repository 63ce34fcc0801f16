import { FAULTS_OF_NODES } from './faults-of-nodes.js';
import { FAULTS_OF_PEOPLE } from './faults-of-people.js';
import { FAULTS_OF_POSTGRES } from './faults-of-postgres.js';
import { FAULTS_OF_REDIS } from './faults-of-redis.js';
import { type Scenario } from './scenario.js';

/** Every fault, in the order of the report. Those of LiveKit (F15, F16) lose no write: they are in test/medium/outages and streams. */
export const CATALOGUE: readonly Scenario[] = [
  ...FAULTS_OF_NODES,
  ...FAULTS_OF_REDIS,
  ...FAULTS_OF_POSTGRES,
  ...FAULTS_OF_PEOPLE,
].sort((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)));
