import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Question } from '#libs/contract/question';
import { type RequestPayload } from '#libs/contract/socket';
import { type ActorContext } from '../../identity/actors/actor.js';
import { allow } from '../../identity/access/policy.js';
import { GuestPolicyCache } from '../../identity/actors/guest-policy-cache.js';
import { AppError } from '../../platform/errors/app-error.js';
import { BatchLoader } from '../../platform/concurrency/batch-loader.js';
import { type KeepsEntries } from '../../platform/metrics/keeps-entries.js';
import { RateLimiter } from '../../platform/rate-limit/rate-limiter.js';
import { type GroupCommit } from '../../feed/write/group-commit.js';
import { GroupCommits } from '../../feed/write/group-commits.js';
import { type SessionWrite } from '../../feed/write/open-write.js';
import { type Ask, isDuplicate } from './ask-batch.js';
import { AskWriter } from './ask-writer.js';
import { hasBlockedWord, textKey } from './question-text.js';
import { type QuestionRecord } from '../question-record.js';
import { idIsTaken } from '../question.refusals.js';
import { can, isReadAgain } from '../question.policy.js';
import { presentOwn } from '../question.presenter.js';
import { type LookedAt, type NewAsk, QuestionRepository } from '../question.repository.js';
import { QuestionWriter } from '../question-writer.js';
import { VoteRepository } from '../voting/vote.repository.js';

/**
 * Questions of one transaction, where each is compared with those before it. Votes wait for the session's lock meanwhile: so there are
 * few, and votes are scheduled between them.
 */
const BATCH = { batchSize: 200, windowMs: 50, restMs: 100 };

/** The actions of people on their own questions. */
@Injectable()
export class QuestionsService implements KeepsEntries {
  /** Concurrent asks are looked up together: a flood of refused questions costs few queries. */
  private readonly asks: BatchLoader<NewAsk, LookedAt | undefined>;
  /** Repeated asks of questions that are written. */
  private readonly repeats: BatchLoader<string, QuestionRecord>;
  /** By author and question id. */
  private readonly underWay = new Map<string, Promise<QuestionRecord>>();
  private readonly group: GroupCommit<Ask, QuestionRecord>;

  constructor(
    private readonly writer: QuestionWriter,
    private readonly questions: QuestionRepository,
    private readonly votes: VoteRepository,
    private readonly limits: RateLimiter,
    private readonly guests: GuestPolicyCache,
    groups: GroupCommits,
    asking: AskWriter,
  ) {
    this.asks = new BatchLoader((asks) => questions.lookBeforeAsking(asks));
    this.repeats = new BatchLoader((ids) => questions.findInOrder(ids));
    this.group = groups.create('questions', { commit: (asks) => asking.commit(asks), ...BATCH });
  }

  countEntries() {
    return { 'questions.asks': this.underWay.size };
  }

  /** The client makes the id: repeating an ask with it returns the question that it created, and is not counted by limits. */
  async ask(actor: ActorContext, ask: RequestPayload<'question:ask'>, address?: string): Promise<Question> {
    const look = await this.asks.load({ actor, id: ask.id, sessionId: ask.sessionId });
    if (!look) throw new AppError('not_found', { message: 'There is no such session.' });
    const question = look.isAsked
      ? await this.repeats.load(ask.id)
      : await this.once(actor, ask, () => this.write({ actor, ask }, look, address));
    if (!isAskedBy(ask, question)) throw idIsTaken();
    return presentOwn(question);
  }

  /** A new text of an approved question may need approval: until then everybody sees the approved one. */
  async edit(actor: ActorContext, edit: RequestPayload<'question:edit'>, address?: string): Promise<Question> {
    this.count(actor, address);
    const edited = await this.writer.write(actor, edit.questionId, 'question.edit', (write, question) =>
      this.changeWords(actor, write, question, edit.text),
    );
    return presentOwn(edited);
  }

  private async changeWords(actor: ActorContext, write: SessionWrite, question: QuestionRecord, text: string) {
    const { revision } = question;
    const isRevised = revision !== null && revision.state !== 'approved';
    if (question.text === text) return isRevised ? this.writer.change(write, question, { revision: null }) : question;
    if (isRevised && revision.state === 'pending' && revision.text === text) return question;
    const key = await this.acceptText(write, question, text);
    const now = new Date();
    const isSupported = await this.votes.isSupportedByOthers(write.manager, question.id, actor.id);
    if (question.state === 'approved' && isReadAgain(actor, write.session, isSupported)) {
      const waiting = { id: randomUUID(), text, key, at: now.toISOString(), state: 'pending' } as const;
      return this.writer.change(write, question, { revision: waiting });
    }
    return this.writer.change(write, question, {
      text,
      textKey: key,
      editedAt: now,
      ...(revision && { revision: null }),
    });
  }

  /** A question that others were merged into has their votes: moderators must undo that first. */
  async withdraw(
    actor: ActorContext,
    { questionId }: RequestPayload<'question:withdraw'>,
    address?: string,
  ): Promise<Question> {
    this.count(actor, address);
    const withdrawn = await this.writer.write(actor, questionId, 'question.withdraw', async (write, question) => {
      if (question.state === 'withdrawn') return question;
      if (await this.questions.hasMerged(write.manager, questionId)) throw new AppError('question.not_editable');
      return this.writer.change(write, question, { state: 'withdrawn' });
    });
    return presentOwn(withdrawn);
  }

  private write(asked: Ask, { eventId, state, qa }: LookedAt, address?: string): Promise<QuestionRecord> {
    this.count(asked.actor, address);
    const session = { id: asked.ask.sessionId, eventId, state, qa, guests: this.guests.of(eventId) };
    allow(can(asked.actor, 'question.ask', { session }));
    return this.group.write(asked);
  }

  /** A repeated request that arrives while the first is being written waits with it. */
  private async once(
    { id: actorId }: ActorContext,
    ask: Ask['ask'],
    write: () => Promise<QuestionRecord>,
  ): Promise<QuestionRecord> {
    const key = `${actorId} ${JSON.stringify(ask)}`;
    const writing = this.underWay.get(key) ?? write();
    this.underWay.set(key, writing);
    try {
      return await writing;
    } finally {
      this.underWay.delete(key);
    }
  }

  private count(actor: ActorContext, address?: string) {
    this.limits.take('ask', { actor, address, event: actor.eventId ?? undefined });
  }

  /** The key of another text of a question; refuses blocked words and duplicates. */
  private async acceptText({ manager }: SessionWrite, question: QuestionRecord, text: string): Promise<string> {
    const key = textKey(text);
    const { blockedWords, sameId } = await this.questions.lookAtText(manager, { ...question, textKey: key });
    if (hasBlockedWord(text, blockedWords)) throw new AppError('question.blocked', { field: 'text' });
    if (sameId) throw isDuplicate(sameId);
    return key;
  }
}

/** Whether the question is what was asked. Acknowledging another content would lose the second one. */
function isAskedBy({ text, anonymous, language }: Ask['ask'], question: QuestionRecord): boolean {
  return question.text === text && question.anonymous === anonymous && question.language === (language ?? null);
}
