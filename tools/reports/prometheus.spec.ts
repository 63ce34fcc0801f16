import { parseSamples, percentileBetween } from './prometheus.js';

describe('metrics of a hub', () => {
  const scrape = (fast: number, slow: number) =>
    parseSamples(
      `# HELP a b\nt_bucket{le="0.01",worker="1"} ${fast}\nt_bucket{le="0.1",worker="1"} ${fast + slow}\nt_bucket{le="+Inf",worker="1"} ${fast + slow}\nt_count 3`,
    );

  it('tell a percentile of what was counted in between', () => {
    expect(percentileBetween(scrape(0, 50), scrape(100, 50), 't', 0.99)).toBeCloseTo(0.0099, 4);
    expect(percentileBetween(scrape(100, 0), scrape(100, 50), 't', 0.5)).toBeCloseTo(0.055, 4);
    expect(percentileBetween(scrape(1, 1), scrape(1, 1), 't', 0.99)).toBeNull();
    expect(percentileBetween(scrape(0, 0), scrape(1, 1), 't', 0.99, 'worker="2"')).toBeNull();
  });
});
