import { scrape, sumOf } from '../../scripts/prometheus.mjs';

/** These counters of all nodes together, as they are now. */
export async function countersOf(urls, names) {
  const scrapes = await Promise.all(urls.map((url) => scrape(url)));
  const total = (name) => scrapes.reduce((sum, samples) => sum + sumOf(samples, `plenum_${name}_total`), 0);
  return Object.fromEntries(names.map((name) => [name, total(name)]));
}
