import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Metrics } from './metrics.js';

let metrics: Metrics;
beforeEach(() => {
  metrics = new Metrics();
});
afterEach(() => metrics.onApplicationShutdown());

const line = async (start: string) =>
  (await metrics.registry.metrics()).split('\n').find((text) => text.startsWith(start));

describe('metrics', () => {
  it('read what a service counts at the moment of the scrape (START-15)', async () => {
    const counters = { frames: 3 };
    metrics.counter('plenum_test_total', 'Tests.', () => counters.frames);
    expect(await line('plenum_test_total')).toBe('plenum_test_total 3');
    counters.frames = 5;
    expect(await line('plenum_test_total')).toBe('plenum_test_total 5');
  });

  it('forget a label that is gone', async () => {
    let rooms = [[{ room: 'a' }, 1] as const, [{ room: 'b' }, 2] as const];
    metrics.gauge('plenum_test', 'Tests.', () => rooms, ['room']);
    expect(await line('plenum_test{room="b"}')).toBe('plenum_test{room="b"} 2');
    rooms = rooms.slice(0, 1);
    expect(await line('plenum_test{room="b"}')).toBeUndefined();
  });

  it('are counted apart for every hub in a process', async () => {
    const other = new Metrics();
    other.ackTime.observe({ message: 'question:vote' }, 0.004);
    expect(await line('plenum_ack_seconds_count')).toBeUndefined();
    expect(await other.registry.metrics()).toContain('plenum_ack_seconds_count{message="question:vote"} 1');
  });

  it('notice that the process was held up', async () => {
    metrics.onModuleInit();
    await new Promise((resolve) => setTimeout(resolve, 30));
    for (const end = performance.now() + 120; performance.now() < end;);
    await new Promise((resolve) => setTimeout(resolve, 30));
    const late = Number((await line('plenum_event_loop_delay_seconds_bucket{le="+Inf"}'))?.split(' ')[1]);
    const inTime = Number((await line('plenum_event_loop_delay_seconds_bucket{le="0.05"}'))?.split(' ')[1]);
    expect(late - inTime).toBeGreaterThan(0);
  });
});
