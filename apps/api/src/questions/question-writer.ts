import { Injectable } from '@nestjs/common';
import { type ActorContext } from '../identity/actors/actor.js';
import { allow } from '../identity/access/policy.js';
import { AppError } from '../platform/errors/app-error.js';
import { BatchLoader } from '../platform/concurrency/batch-loader.js';
import { FeedService } from '../feed/feed.service.js';
import { type SessionWrite } from '../feed/write/open-write.js';
import { SessionWriter } from '../feed/write/session-writer.js';
import { can, type QuestionAction } from './question.policy.js';
import { type QuestionChange, type QuestionRecord } from './question-record.js';
import { presentOwn } from './question.presenter.js';
import { refusedByTable } from './question.refusals.js';
import { type QuestionAccess, QuestionRepository } from './question.repository.js';
import { isRevisable, isVotable } from '#libs/domain/question-states';
import { type VoteContext, VoteContextCache } from './vote-context-cache.js';

/** `live` is the live question of the session, which may be the same: read together, in one statement. */
type Work<T> = (write: SessionWrite, question: QuestionRecord, live: QuestionRecord | undefined) => Promise<T>;

/** Changes questions inside a write to their session: stamped for the feed, and their author gets a notice of a new state. */
@Injectable()
export class QuestionWriter {
  /** Concurrent actions are looked up together, otherwise a flood of forbidden ones would take all connections to PostgreSQL. */
  private readonly reach: BatchLoader<QuestionAccess, boolean>;
  private readonly grounds: BatchLoader<string, VoteContext | undefined>;

  constructor(
    private readonly writer: SessionWriter,
    private readonly questions: QuestionRepository,
    private readonly feed: FeedService,
    grounds: VoteContextCache,
  ) {
    this.grounds = new BatchLoader(async (ids) => {
      const found = await grounds.read(ids);
      return ids.map((id) => found.get(id));
    });
    this.reach = new BatchLoader((acts) => questions.areInReach(acts));
  }

  /**
   * Opens a write to a question's session; the question does not change until the commit. The policy is asked there, and before as well,
   * otherwise forbidden writes could keep the session's lock busy. Writes of authors wait separately from those of moderators.
   */
  async write<T>(actor: ActorContext, questionId: string, action: QuestionAction, work: Work<T>): Promise<T> {
    const { session, question } = await this.judge(actor, questionId, action);
    const lane = question.authorId === actor.id ? 'authors' : 'moderators';
    const writing = this.writer.write(session.id, (write) => this.inside(write, actor, questionId, action, work), lane);
    return (await writing.catch(refusedByTable)).result;
  }

  /** The current state of a question, without a lock, or the refusal; not_found also where the actor takes no part in the event. */
  async judge(actor: ActorContext, questionId: string, action: QuestionAction): Promise<VoteContext> {
    if (!(await this.reach.load({ actor, questionId }))) throw new AppError('not_found');
    const ground = await this.grounds.load(questionId);
    if (!ground) throw new AppError('not_found');
    allow(can(actor, action, ground));
    return ground;
  }

  private async inside<T>(
    write: SessionWrite,
    actor: ActorContext,
    questionId: string,
    action: QuestionAction,
    work: Work<T>,
  ): Promise<T> {
    const { question, live } = await this.questions.findWithLive(write.manager, write.session.id, questionId);
    if (!question) throw new AppError('not_found');
    allow(can(actor, action, { session: write.session, question }));
    return work(write, question, live);
  }

  /** A question that can no longer be supported is no longer pinned; the pending text of one that nobody sees any more is dropped. */
  async change(write: SessionWrite, question: QuestionRecord, change: QuestionChange): Promise<QuestionRecord> {
    const { state = question.state } = change;
    const unpinned = question.pinned && !isVotable(state) ? { pinned: false } : {};
    const dropped = question.revision && !isRevisable(state) ? { revision: null } : {};
    const all = { ...change, ...unpinned, ...dropped };
    const changed = await this.questions.update(write.manager, question.id, write.version, all);
    write.changed({ questions: [changed] });
    const isTold = state !== question.state || changed.reason !== question.reason || 'revision' in all;
    if (isTold) this.tellAuthor(write, changed);
    if (state !== 'live') leaveScreen(write, question.id);
    return changed;
  }

  /** After the commit, on every connection of the author. */
  tellAuthor(write: SessionWrite, question: QuestionRecord): void {
    const notice = { kind: 'question', sessionId: question.sessionId, question: presentOwn(question) } as const;
    write.afterCommit(() => this.feed.notify(question.authorId, notice));
  }
}

/** The projector shows live questions only; one that no longer is is replaced by the title. */
function leaveScreen(write: SessionWrite, questionId: string): void {
  if (write.screen.kind === 'question' && write.screen.questionId === questionId) write.show({ kind: 'title' });
}
