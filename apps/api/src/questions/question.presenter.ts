import { type ModerationEntry, type Question, type QuestionRevision } from '#libs/contract/question';
import { type AuditRow } from '../audit/audit.repository.js';
import { type ActorContext, type RoleScope } from '../identity/actors/actor.js';
import { type View } from '../feed/feed-kind.js';
import { type QuestionRecord, type StoredRevision } from './question-record.js';
import { canModerate } from './question.policy.js';
import { isListed } from '#libs/domain/question-states';

/** A question in a view; null when the view may not know of it (G7). Speakers see what the audience sees. */
export function presentQuestion(record: QuestionRecord, { audience }: Pick<View, 'audience'>): Question | null {
  if (audience === 'moderator') return moderators(record);
  return isListed(record.state) ? open(record) : null;
}

/** A question as its author sees it, in every state. */
export function presentOwn(record: QuestionRecord): Question {
  return { ...open(record), ...aside(record) };
}

/** The response to an actor who acted on a question that they may see. */
export function presentTo(actor: ActorContext, scope: RoleScope, record: QuestionRecord): Question {
  if (canModerate(actor, scope)) return moderators(record);
  return record.authorId === actor.id ? presentOwn(record) : open(record);
}

/** One recorded action, for moderators. */
export function presentModeration({ action, actor, reason, at }: AuditRow): ModerationEntry {
  return { action, actor, ...(reason !== null && { reason }), at: at.toISOString() };
}

function moderators(record: QuestionRecord): Question {
  const { advancedBy, authorName: name, authorId, note } = record;
  return {
    ...open(record),
    ...aside(record),
    author: { name, id: authorId },
    ...(advancedBy && { advancedBy }),
    ...(note && { note }),
  };
}

function open(record: QuestionRecord): Question {
  const {
    id,
    n,
    text,
    state,
    pinned,
    score,
    anonymous,
    askedAt,
    authorName,
    language,
    liveAt,
    answeredAt,
    editedAt,
    reply,
  } = record;
  return {
    id,
    n,
    text,
    state,
    pinned,
    score,
    author: anonymous ? null : { name: authorName },
    anonymous,
    ...(language !== null && { language }),
    askedAt,
    ...(liveAt !== null && { liveAt }),
    ...(answeredAt !== null && { answeredAt }),
    ...(editedAt !== null && { edited: true }),
    ...(reply !== null && { reply: { text: reply.text, author: reply.author, at: reply.at } }),
  };
}

/** The fields for moderators and the author beside the question. */
function aside({ reason, mergedInto, revision }: QuestionRecord): Pick<Question, 'reason' | 'mergedInto' | 'revision'> {
  const shown = revision && presentRevision(revision);
  return {
    ...(reason !== null && { reason }),
    ...(mergedInto !== null && { mergedInto }),
    ...(shown && { revision: shown }),
  };
}

/** The new text, for its author and moderators; null once it is the question's own. */
export function presentRevision({ key: _, state, ...revision }: StoredRevision): QuestionRevision | null {
  return state === 'approved' ? null : { ...revision, state };
}
