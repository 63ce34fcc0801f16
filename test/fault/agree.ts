import { setTimeout as pause } from 'node:timers/promises';
import { type Stage } from './stage.js';
import { differences } from './stored.js';

/** Every replica equals PostgreSQL this long after the fault is over, in ms (G5). */
const CONVERGENCE = 10_000;

/** Waits until every client sees the stored state, and returns how long that took. The load pauses meanwhile; pending requests continue. */
export async function agree(stage: Stage, within = CONVERGENCE): Promise<number> {
  const began = performance.now();
  stage.load.rest(true);
  try {
    for (;;) {
      const wrong = await differences(stage, stage.persons);
      const took = performance.now() - began;
      if (wrong.length === 0) return took;
      if (took > within) throw new Error(`not converged after ${Math.round(took)} ms: ${wrong[0]}`);
      await pause(25);
    }
  } finally {
    stage.load.rest(false);
  }
}
