import { describe, expect, it } from '@jest/globals';
import { Metrics } from '../metrics/metrics.js';
import { mergeMetrics } from './machine-metrics.js';

async function told(worker: string, sockets: number, frames: number, ack: number) {
  const metrics = new Metrics();
  metrics.gauge('plenum_sockets', 'Sockets.', () => sockets);
  metrics.counter('plenum_frames_total', 'Frames.', () => frames);
  metrics.ackTime.observe({ message: 'question:vote' }, ack);
  return { worker, metrics: await metrics.registry.getMetricsAsJSON() };
}

describe('the metrics of a machine', () => {
  it('are sums, but where a sum says nothing (START-17)', async () => {
    const text = await mergeMetrics([await told('1', 3, 10, 0.004), await told('2', 4, 20, 0.2)]);
    expect(text).toContain('plenum_frames_total 30');
    expect(text).toContain('plenum_sockets{worker="1"} 3');
    expect(text).toContain('plenum_sockets{worker="2"} 4');
    expect(text).toContain('plenum_ack_seconds_count{message="question:vote"} 2');
    expect(text).toContain('plenum_ack_seconds_bucket{le="0.005",message="question:vote"} 1');
    expect(text).toMatch(/process_start_time_seconds{worker="2"} \d/);
  });
});
