import { type PollTranslations } from '#libs/contract/poll';
import { type PollRecord } from './poll-record.js';

/** Every poll with its options and the totals of its current round; one query serves decisions, snapshots and patches. */
export const selectPolls = (polls = 'poll', rounds = 'poll_round') => `
SELECT p.id, p.version::float8 AS version, p.tally_version::float8 AS "tallyVersion", p.question, p.translations, p.type, p.state, p.min, p.max, p.results, p.changeable, p.round,
  p.opened_at AS "openedAt", p.closed_at AS "closedAt", p.published_at AS "publishedAt", p.ends_at AS "endsAt", r.ballots,
  EXISTS (SELECT 1 FROM poll_round ever WHERE ever.poll_id = p.id AND ever.ballots > 0) AS "isAnswered",
  ARRAY(SELECT json_build_object('id', o.id, 'text', o.text, 'n', coalesce(c.n, 0))
          FROM poll_option o
          LEFT JOIN poll_count c ON c.poll_id = o.poll_id AND c.round = p.round AND c.option_id = o.id
         WHERE o.poll_id = p.id ORDER BY o.position) AS options
FROM ${polls} p JOIN ${rounds} r ON r.poll_id = p.id AND r.round = p.round`;

type Content = PollRecord['poll'];

export interface PollRow extends Pick<
  Content,
  'id' | 'question' | 'type' | 'state' | 'results' | 'changeable' | 'round'
> {
  readonly version: number;
  readonly translations: PollTranslations;
  readonly tallyVersion: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly openedAt: Date | null;
  readonly closedAt: Date | null;
  readonly publishedAt: Date | null;
  readonly endsAt: Date | null;
  readonly ballots: number;
  readonly isAnswered: boolean;
  readonly options: readonly { readonly id: string; readonly text: string; readonly n: number }[];
}

export function toRecord(row: PollRow): PollRecord {
  const { id, version, question, type, state, min, max, results, changeable, round, ballots, isAnswered, options } =
    row;
  return {
    id,
    version,
    scoreVersion: row.tallyVersion,
    // A second round implies that the first was open.
    wasShown: round > 1 || row.openedAt !== null,
    isAnswered,
    tally: { ballots, counts: options.map((option) => [option.id, option.n]) },
    poll: {
      id,
      question,
      type,
      state,
      options: options.map((option) => ({ id: option.id, text: option.text })),
      ...(Object.keys(row.translations).length > 0 && { translations: row.translations }),
      ...(min !== null && { min }),
      ...(max !== null && { max }),
      results,
      published: row.publishedAt !== null,
      changeable,
      ...instants(row),
      round,
    },
  };
}

function instants({ openedAt, closedAt, publishedAt, endsAt }: PollRow) {
  return {
    ...(openedAt && { openedAt: openedAt.toISOString() }),
    ...(closedAt && { closedAt: closedAt.toISOString() }),
    ...(publishedAt && { publishedAt: publishedAt.toISOString() }),
    ...(endsAt && { endsAt: endsAt.toISOString() }),
  };
}
