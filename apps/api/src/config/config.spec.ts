import { availableParallelism } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { ConfigError, loadConfig } from './config.js';

const DATABASE_URL = 'postgres://plenum:secret@127.0.0.1/plenum';
const refusal = (env: Record<string, string>): string => {
  try {
    loadConfig({ DATABASE_URL, ...env });
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).message;
  }
  throw new Error('nothing was refused');
};

describe('settings', () => {
  it.each([
    ['PORT', '70000'],
    ['DATABASE_URL', 'mysql://localhost/plenum'],
    ['REDIS_URL', 'localhost:6379'],
    ['LIVEKIT_URL', 'ftp://stream'],
    ['PUBLIC_URL', 'plenum.example.org'],
    ['DEMO', 'maybe'],
    ['DEMO_STAGE', 'maybe'],
    ['TRUST_PROXY', 'yes'],
    ['WORKERS', '-1'],
    ['WORKERS', 'many'],
    ['WORKERS', '1.5'],
    ['WORKERS', '65'],
    ['ADDRESS_LIMIT_FACTOR', '0'],
  ])('name a wrong %s with an example (START-2)', (name, value) => {
    expect(refusal({ [name]: value })).toMatch(new RegExp(`^${name}: .+For example: ${name}=`, 's'));
  });

  it('tell every problem at once (START-2)', () => {
    expect(refusal({ PORT: 'x', DEMO: 'maybe' }).split('\n')).toHaveLength(2);
  });

  it('say which setting is missing beside another (START-2)', () => {
    expect(refusal({ LIVEKIT_URL: 'ws://127.0.0.1:7880' })).toContain('LIVEKIT_API_SECRET');
    expect(refusal({ ORGANISER_LOGIN: 'ada' })).toContain('ORGANISER_PASSWORD');
  });

  it('take an empty value for one that is not given', () => {
    const { PORT, REDIS_URL } = loadConfig({ DATABASE_URL, PORT: '', REDIS_URL: '' });
    expect({ PORT, REDIS_URL }).toEqual({ PORT: 3000, REDIS_URL: undefined });
  });

  it('refuse the demo and unlimited calls in production (START-12)', () => {
    const production = { NODE_ENV: 'production', PUBLIC_URL: 'https://plenum.example.org' };
    expect(refusal({ ...production, DEMO: 'on' })).toContain('DEMO');
    expect(refusal({ ...production, LIMITS: 'off' })).toContain('LIMITS');
    expect(loadConfig({ DATABASE_URL, ...production }).DEMO).toBe(false);
  });

  it('never put the synthetic speaker of a demo on air in production, nor without a demo (PROG-19)', () => {
    const production = { NODE_ENV: 'production', PUBLIC_URL: 'https://plenum.example.org' };
    expect(refusal({ ...production, DEMO_STAGE: 'on' })).toContain('DEMO_STAGE: not with NODE_ENV=production');
    expect(refusal({ ...production, DEMO: 'on', DEMO_STAGE: 'on' })).toContain('DEMO_STAGE: not with');
    expect(refusal({ DEMO_STAGE: 'on' })).toContain('DEMO_STAGE: is on without a demo');
    expect(loadConfig({ DATABASE_URL, ...production }).DEMO_STAGE).toBe(false);
    expect(loadConfig({ DATABASE_URL, DEMO: 'on', DEMO_STAGE: 'off' }).DEMO_STAGE).toBe(false);
  });

  it('take an https address in production, or one of the machine itself (AUTH-18, SEC-6)', () => {
    const at = (PUBLIC_URL: string) => ({ NODE_ENV: 'production', PUBLIC_URL });
    for (const plain of ['http://plenum.example.org', 'http://10.0.0.1:3000', 'http://localhost.example.org'])
      expect(refusal(at(plain))).toMatch(/^PUBLIC_URL: must be an https address.*For example: /);
    for (const fine of ['https://plenum.example.org', 'http://127.0.0.1:3000', 'http://localhost', 'http://[::1]:3000'])
      expect(loadConfig({ DATABASE_URL, ...at(fine) }).PUBLIC_URL).toBe(fine);
  });

  it('lift the limits in production only when it is said twice (START-12)', () => {
    const production = { NODE_ENV: 'production', PUBLIC_URL: 'https://plenum.example.org', LIMITS: 'off' };
    expect(refusal({ ...production, LIMITS_OFF_IN_PRODUCTION: 'yes' })).toContain('LIMITS_OFF_IN_PRODUCTION=');
    const twice = { ...production, LIMITS_OFF_IN_PRODUCTION: 'yes-nobody-else-can-reach-it' };
    expect(loadConfig({ DATABASE_URL, ...twice }).LIMITS).toBe('off');
  });

  it.each(['0', 'auto'])('take WORKERS=%s for one per core', (WORKERS) => {
    expect(loadConfig({ DATABASE_URL, WORKERS }).WORKERS).toBe(availableParallelism());
  });

  it('share the connections to PostgreSQL out over the workers, so that more cores do not use them up', () => {
    const pool = (WORKERS: string) => loadConfig({ DATABASE_URL, DATABASE_POOL: '12', WORKERS }).DATABASE_POOL;
    expect(['1', '2', '16'].map(pool)).toEqual([12, 6, 4]);
  });
});
