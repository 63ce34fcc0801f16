import { Injectable } from '@nestjs/common';
import { type ActorContext } from '../../identity/actors/actor.js';
import { allow } from '../../identity/access/policy.js';
import { AppError } from '../../platform/errors/app-error.js';
import { type SessionWrite } from '../../feed/write/open-write.js';
import { type QuestionRecord } from '../question-record.js';
import { can } from '../question.policy.js';
import { QuestionRepository } from '../question.repository.js';
import { QuestionWriter } from '../question-writer.js';
import { VoteRepository } from '../voting/vote.repository.js';

/** Merges questions that ask the same: a person who supported any of them counts once, and it can be undone. */
@Injectable()
export class MergingService {
  constructor(
    private readonly writer: QuestionWriter,
    private readonly questions: QuestionRepository,
    private readonly votes: VoteRepository,
  ) {}

  async merge(
    write: SessionWrite,
    question: QuestionRecord,
    intoId: string,
    by: ActorContext,
  ): Promise<QuestionRecord> {
    const into = await this.questions.find(write.session.id, intoId, write.manager);
    allow(can(by, 'question.merge', { session: write.session, question, into }));
    if (question.state === 'merged') return question;
    const gained = await this.votes.copy(write.manager, question.id, intoId);
    await this.addToScore(write, intoId, gained);
    const change = { state: 'merged', mergedInto: intoId, stateBeforeMerge: question.state } as const;
    return this.writer.change(write, question, change);
  }

  /** Nested merges are undone in reverse order: the votes of the last one belong to the earlier ones. */
  async unmerge(write: SessionWrite, question: QuestionRecord): Promise<QuestionRecord> {
    const { mergedInto, stateBeforeMerge } = question;
    if (mergedInto === null || stateBeforeMerge === null) return question;
    const into = await this.questions.find(write.session.id, mergedInto, write.manager);
    if (into?.state === 'merged')
      throw new AppError('question.state', { message: 'Undo the merge of the other first.' });
    const lost = await this.votes.takeBack(write.manager, question.id, mergedInto);
    await this.addToScore(write, mergedInto, -lost);
    return this.writer.change(write, question, { state: stateBeforeMerge, mergedInto: null, stateBeforeMerge: null });
  }

  private async addToScore(write: SessionWrite, questionId: string, by: number): Promise<void> {
    if (by !== 0) await this.votes.addToScores(write.manager, [{ questionId, by, version: write.version }]);
    const question = await this.questions.find(write.session.id, questionId, write.manager);
    if (!question) return;
    write.changed({ questions: [question] });
    this.writer.tellAuthor(write, question);
  }
}
