import { expect, it } from '@jest/globals';
import { fuzz } from '../../fuzz/fuzz.js';

/** Another seed each day; the findings say which. FUZZ_MINUTES makes it longer. */
const SEED = Math.floor(Date.now() / 86_400_000) * 1_000;
const MINUTES = Number(process.env.FUZZ_MINUTES ?? 1);

it(
  `stands a fuzz with seed ${SEED}, and a neighbour notices nothing (SEC-50, SEC-43, SEC-49)`,
  async () => {
    // Other tests run beside this one: only what takes far longer than them is caused by the fuzz.
    const { findings } = await fuzz({ seed: SEED, minutes: MINUTES, floor: 1_000 });
    expect(findings).toEqual([]);
  },
  MINUTES * 60_000 + 120_000,
);
