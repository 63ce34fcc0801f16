import { z } from 'zod';
import { type PollTranslations } from '#libs/contract/poll';
import { POLL_STATES, POLL_TYPES, RESULT_VISIBILITIES } from '#libs/domain/poll-states';
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

const option = z.object({ id: z.string(), text: z.string(), n: z.number() });
export const pollRow = z.object({
  id: z.string(),
  version: z.number(),
  tallyVersion: z.number(),
  question: z.string(),
  translations: z.custom<PollTranslations>((value) => typeof value === 'object' && value !== null),
  type: z.enum(POLL_TYPES),
  state: z.enum(POLL_STATES),
  min: z.number().nullable(),
  max: z.number().nullable(),
  results: z.enum(RESULT_VISIBILITIES),
  changeable: z.boolean(),
  round: z.number(),
  openedAt: z.date().nullable(),
  closedAt: z.date().nullable(),
  publishedAt: z.date().nullable(),
  endsAt: z.date().nullable(),
  ballots: z.number(),
  isAnswered: z.boolean(),
  options: z.array(option),
});
type PollRow = z.infer<typeof pollRow>;

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
