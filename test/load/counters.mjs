import { percentileBetween, scrape, sumOf } from '#tools/reports/prometheus';

/** The current metrics of each node; null for one without metrics, as the baselines. */
export const scrapeAll = (urls) => Promise.all(urls.map((url) => scrape(url)));

/** These counters of all nodes together, as they are now. */
export const countersOf = async (urls, names) => totals(await scrapeAll(urls), names);

function totals(scrapes, names) {
  const total = (name) => scrapes.reduce((sum, samples) => sum + sumOf(samples, `plenum_${name}_total`), 0);
  return Object.fromEntries(names.map((name) => [name, total(name)]));
}

/**
 * The nodes' work between two scrapes, or null where one of them returned nothing: how much these counters grew, and the event loop delay
 * of the slowest process, p99 in ms, an estimate between the edges of a bucket.
 */
export function between(before, after, names) {
  if ([...before, ...after].includes(null)) return null;
  const [from, to] = [totals(before, names), totals(after, names)];
  const delays = after.map((samples, node) =>
    percentileBetween(before[node], samples, 'plenum_event_loop_delay_seconds', 0.99),
  );
  return {
    ...Object.fromEntries(names.map((name) => [name, to[name] - from[name]])),
    loopDelay: Math.max(...delays) * 1_000,
  };
}
