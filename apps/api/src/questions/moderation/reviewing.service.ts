import { Injectable } from '@nestjs/common';
import { type Question, type QuestionReview } from '#libs/contract/question';
import { type ActorContext } from '../../identity/actors/actor.js';
import { AppError } from '../../platform/errors/app-error.js';
import { RateLimiter } from '../../platform/rate-limit/rate-limiter.js';
import { type SessionWrite } from '../../feed/write/open-write.js';
import { type QuestionRecord, type StoredRevision } from '../question-record.js';
import { scopeOf } from '../question.policy.js';
import { presentTo } from '../question.presenter.js';
import { isRevisable } from '#libs/domain/question-states';
import { QuestionWriter } from '../question-writer.js';

/** The decisions of moderators on new texts of approved questions. */
@Injectable()
export class ReviewingService {
  constructor(
    private readonly writer: QuestionWriter,
    private readonly limits: RateLimiter,
  ) {}

  /** Repeating a decision changes nothing: two moderators may click at once. */
  async review(actor: ActorContext, { questionId, ...review }: QuestionReview): Promise<Question> {
    this.limits.take('moderate', { actor });
    return this.writer.write(actor, questionId, 'question.moderate', async (write, question) => {
      const decided = await this.decide(write, question, review);
      if (decided !== question) write.record({ questionId, actorId: actor.id, ...auditOf(review) });
      return presentTo(actor, scopeOf(write.session), decided);
    });
  }

  private async decide(
    write: SessionWrite,
    question: QuestionRecord,
    { revision: id, decision, reason }: Omit<QuestionReview, 'questionId'>,
  ): Promise<QuestionRecord> {
    const { revision } = question;
    if (revision?.id !== id) throw new AppError('conflict', { message: 'The author has changed the text since.' });
    const isApproved = decision === 'approve';
    if (revision.state === (isApproved ? 'approved' : 'rejected') && (reason ?? revision.reason) === revision.reason)
      return question;
    if (revision.state === 'approved' || !isRevisable(question.state)) throw new AppError('question.state');
    if (!isApproved) return this.writer.change(write, question, { revision: refused(revision, reason) });
    return this.writer.change(write, question, {
      text: revision.text,
      textKey: revision.key,
      editedAt: new Date(revision.at),
      revision: { ...revision, state: 'approved' },
    });
  }
}

const auditOf = ({ decision, reason, revision }: Omit<QuestionReview, 'questionId'>) => ({
  action: `edit-${decision}`,
  reason,
  detail: { revision },
});

function refused({ reason: _, ...revision }: StoredRevision, reason: string | undefined): StoredRevision {
  return { ...revision, state: 'rejected', ...(reason !== undefined && { reason }) };
}
