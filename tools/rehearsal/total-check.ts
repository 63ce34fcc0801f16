import { type CrowdReport } from '#libs/load-generator/crowd-report';
import { type Truth } from './rehearsal-result.js';

interface Totals {
  readonly questions: readonly { readonly id: string; readonly score: number }[];
}

interface Compared {
  readonly before: Totals;
  readonly after: Totals;
  readonly questionIds: readonly string[];
  readonly reports: readonly Pick<CrowdReport, 'finals' | 'duplicates'>[];
}

/**
 * Compares what an audience was told with the totals of a session before and after, where PostgreSQL is out of reach: what is missing
 * is lost, what is too much is doubled. Votes of other people at the same time count as too much; those taken back as missing.
 */
export function checkTotals({ before, after, questionIds, reports }: Compared): Truth {
  const isFresh = reports.every(({ duplicates }) => duplicates === 0);
  const [old, now] = [scoresOf(before), scoresOf(after)];
  const found = { lost: 0, doubled: 0 };
  for (const [question, id] of questionIds.entries()) {
    const { set, uncertain } = toldOf(reports, questionIds.length, question);
    const [earlier, later] = [old.get(id) ?? 0, now.get(id) ?? 0];
    // people who had voted before this rehearsal may have set a vote that was there: then only what was set is sure
    const least = isFresh ? earlier + set - uncertain : set;
    found.lost += Math.max(0, least - later);
    found.doubled += Math.max(0, later - (earlier + set + uncertain));
  }
  return found;
}

const scoresOf = ({ questions }: Totals) => new Map(questions.map(({ id, score }) => [id, score]));

function toldOf(reports: Compared['reports'], questions: number, question: number) {
  const told = { set: 0, uncertain: 0 };
  for (const { finals } of reports)
    for (let at = question; at < finals.length; at += questions) {
      if (finals[at] === 1) told.set += 1;
      if (finals[at] === 3) told.uncertain += 1;
    }
  return told;
}
