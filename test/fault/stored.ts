import { countedChoices, countedScores, wrongTotals } from '../support/load/invariants.js';
import { type TestClient } from '../support/clients/test-clients.js';
import { type StoredRow } from './checker.js';
import { type Stage } from './stage.js';

/** Every vote, ballot and question of a stage, under the keys of its ledger. */
export async function storedRows({ cluster, session, questionIds }: Stage): Promise<StoredRow[]> {
  return cluster.database.query<StoredRow & object>(
    `SELECT 'vote ' || actor_id || ' ' || question_id AS key, 'yes' AS value FROM question_vote WHERE question_id = ANY ($1)
     UNION ALL
     SELECT 'ballot ' || b.actor_id || ' ' || b.poll_id, array_to_string(b.choices, ',')
       FROM poll_ballot b JOIN poll p ON p.id = b.poll_id AND p.round = b.round WHERE p.session_id = $2
     UNION ALL
     SELECT 'ask ' || author_id || ' ' || text, id::text FROM question WHERE session_id = $2 AND NOT id = ANY ($1)`,
    [questionIds, session.id],
  );
}

/** Stored totals that differ from their rows; a fault may have broken any session. */
export const storedTotals = ({ cluster }: Stage) => wrongTotals(cluster.database);

/** The differences between PostgreSQL, counted row by row, and what these people see; empty when they agree. */
export async function differences(stage: Stage, persons: readonly TestClient[]): Promise<string[]> {
  const { cluster, session, poll } = stage;
  const [scores, choices] = [
    await countedScores(cluster.database, session.id),
    await countedChoices(cluster.database, poll.id),
  ];
  const truth = sorted({ scores, choices });
  return persons.flatMap((person, place) => {
    const { status, questions, polls } = person.feed.getSnapshot();
    if (status !== 'live') return [`person ${place} is ${status}`];
    const seen = sorted({
      scores: Object.fromEntries(questions.map(({ id, score }) => [id, score])),
      choices: Object.fromEntries(polls.find(({ id }) => id === poll.id)?.tally?.counts ?? []),
    });
    return seen === truth ? [] : [`person ${place} sees ${seen} instead of ${truth}`];
  });
}

const sorted = (parts: Record<string, Record<string, number>>) =>
  JSON.stringify(Object.entries(parts).map(([name, counts]) => [name, Object.entries(counts).sort()]));
