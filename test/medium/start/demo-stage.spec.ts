import { tmpdir } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { readSettings } from '../../../scripts/settings.mjs';

const stageOf = (env: Record<string, string>) => readSettings(tmpdir(), env).DEMO_STAGE;

describe('the synthetic speaker of npm start', () => {
  it('is on in a demo unless it is left out (PROG-19)', () => {
    expect(stageOf({})).toBe('on');
    expect(stageOf({ DEMO: 'on' })).toBe('on');
    expect(stageOf({ DEMO_STAGE: 'off' })).toBe('off');
  });

  it('is off where there is no demo, and in production (PROG-19)', () => {
    for (const DEMO of ['off', 'false', '0']) expect(stageOf({ DEMO })).toBe('off');
    expect(stageOf({ NODE_ENV: 'production' })).toBe('off');
  });
});
