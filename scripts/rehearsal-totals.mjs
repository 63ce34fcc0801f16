/**
 * Compares what an audience was told with the totals of a session before and after, where nobody can look into PostgreSQL: what is
 * missing is lost, what is too much is doubled. Votes of anybody else at the same time count as too much; those taken back as missing.
 */
export function checkTotals({ before, after, questionIds, reports }) {
  const isFresh = reports.every(({ duplicates }) => duplicates === 0);
  const told = questionIds.map((_, question) => toldOf(reports, questionIds.length, question));
  const scores = [before, after].map(({ questions }) => new Map(questions.map(({ id, score }) => [id, score])));
  const found = { lost: 0, doubled: 0 };
  questionIds.forEach((id, question) => {
    const [old, now] = scores.map((score) => score.get(id) ?? 0);
    const { set, uncertain } = told[question];
    // who had voted before this rehearsal may have set a vote that was there: then only what was set is sure
    const least = isFresh ? old + set - uncertain : set;
    found.lost += Math.max(0, least - now);
    found.doubled += Math.max(0, now - (old + set + uncertain));
  });
  return found;
}

function toldOf(reports, questions, question) {
  const told = { set: 0, uncertain: 0 };
  for (const { finals } of reports)
    for (let at = question; at < finals.length; at += questions) {
      if (finals[at] === 1) told.set += 1;
      if (finals[at] === 3) told.uncertain += 1;
    }
  return told;
}
