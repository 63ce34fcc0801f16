import { type Write } from './ledger.js';

/** One stored row: a vote, a ballot or a question. */
export interface StoredRow {
  readonly key: string;
  readonly value: string;
}

/** The rows compared with what the clients know; all empty when nothing was lost. */
export interface Findings {
  /** Keys whose last acknowledged value is not stored. */
  readonly lost: string[];
  /** Keys that are stored more than once. */
  readonly doubled: string[];
  /** Keys that are stored although nobody sent that, or only with a refusal. */
  readonly invented: string[];
}

/**
 * acknowledged ⊆ rows ⊆ sent, pure. For each person and subject the last acknowledged value decides; a later one whose outcome stayed
 * unknown may be stored instead.
 */
export function judge(writes: readonly Write[], rows: readonly StoredRow[]): Findings {
  const stored = new Map(rows.map(({ key, value }) => [key, value]));
  const doubled = repeated(rows.map(({ key }) => key));
  const lost: string[] = [];
  const invented: string[] = [];
  const sent = byKey(writes);
  for (const [key, history] of sent) {
    const { last, allowed } = expected(history);
    const value = stored.get(key) ?? null;
    if (allowed.has(value)) continue;
    const wasSent = value === null || history.some(({ wish }) => wish === value);
    (last && wasSent ? lost : invented).push(key);
  }
  for (const key of stored.keys()) if (!sent.has(key)) invented.push(key);
  return { lost, doubled, invented };
}

function byKey(writes: readonly Write[]): Map<string, Write[]> {
  const histories = new Map<string, Write[]>();
  for (const write of writes) {
    const history = histories.get(write.key);
    if (history) history.push(write);
    else histories.set(write.key, [write]);
  }
  return histories;
}

function expected(history: readonly Write[]) {
  const place = history.findLastIndex(({ outcome }) => outcome === 'acknowledged');
  const last = history[place];
  const open = history.slice(place + 1).filter(({ outcome }) => outcome === 'unknown' || outcome === 'pending');
  return { last, allowed: new Set([last?.wish ?? null, ...open.map(({ wish }) => wish)]) };
}

function repeated(keys: readonly string[]): string[] {
  const seen = new Set<string>();
  return [...new Set(keys.filter((key) => seen.has(key) || !seen.add(key)))];
}

/** The positions where versions went back; 0 is a dropped replica, and the next version may be the same again (G4). */
export function fallingVersions(versions: readonly number[]): [number, number][] {
  const falls: [number, number][] = [];
  let [last, wasThrownAway] = [0, true];
  for (const version of versions) {
    if (version === 0) wasThrownAway = true;
    else {
      if (version < last || (version === last && !wasThrownAway)) falls.push([last, version]);
      [last, wasThrownAway] = [version, false];
    }
  }
  return falls;
}
