import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type RequestResult } from '#libs/contract/socket';
import { type ActorContext } from '../auth/actor.js';
import { AppError } from '../common/app-error.js';
import { type OpenWrite, SessionWriter } from '../feed/session-writer.js';
import { type QuestionRecord } from './question-record.js';
import { refuseVoting } from './question.policy.js';
import { QuestionRepository } from './question.repository.js';
import { netScores, planVotes } from './vote-plan.js';
import { VoteRepository } from './vote.repository.js';

export interface Vote {
  readonly actor: ActorContext;
  readonly questionId: string;
  readonly value: boolean;
}

type Voted = RequestResult<'question:vote'>;
interface AllowedVote {
  readonly actor: ActorContext;
  readonly question: QuestionRecord;
  readonly value: boolean;
}
/** What a vote came to, before the versions of the sessions are known. */
interface Counted {
  readonly sessionId: string;
  readonly score: number;
  readonly duplicate: boolean;
}

/** Writes a batch of votes, of any questions and sessions, in one transaction. */
@Injectable()
export class VoteWriter {
  constructor(
    private readonly writer: SessionWriter,
    private readonly questions: QuestionRepository,
    private readonly votes: VoteRepository,
  ) {}

  async commit(votes: readonly Vote[]): Promise<(Voted | AppError)[]> {
    const sessions = await this.questions.sessionsOf(unique(votes.map(({ questionId }) => questionId)));
    const { result, versions } = await this.writer.writeMany(unique([...sessions.values()]), (writes, manager) =>
      this.count(votes, writes, manager),
    );
    return result.map((counted) => {
      if (counted instanceof AppError) return counted;
      const { sessionId, ...rest } = counted;
      return { ...rest, version: versions.get(sessionId) ?? 0 };
    });
  }

  private async count(votes: readonly Vote[], writes: readonly OpenWrite[], manager: EntityManager) {
    const bySession = new Map(writes.map((write) => [write.session.id, write]));
    const found = await this.questions.findMany(manager, unique(votes.map(({ questionId }) => questionId)));
    const questions = new Map(found.map((question) => [question.id, question]));
    const judged = votes.map((vote) => judge(vote, questions, bySession));
    const allowed = judged.filter((vote): vote is AllowedVote => !(vote instanceof AppError));
    const keys = allowed.map(({ actor, question, value }) => ({ questionId: question.id, actorId: actor.id, value }));
    const plan = planVotes(keys, keys.length > 0 ? await this.votes.find(manager, keys) : []);
    const scores = await this.write(plan, questions, bySession, manager);
    const duplicates = new Set(allowed.filter((_, place) => plan.duplicates[place]));
    return judged.map((vote): Counted | AppError => {
      if (vote instanceof AppError) return vote;
      const { id, sessionId, score } = vote.question;
      return { sessionId, score: scores.get(id) ?? score, duplicate: duplicates.has(vote) };
    });
  }

  /** Writes the rows, then the scores by what really came and went; answers the scores that changed. */
  private async write(
    plan: ReturnType<typeof planVotes>,
    questions: ReadonlyMap<string, QuestionRecord>,
    writes: ReadonlyMap<string, OpenWrite>,
    manager: EntityManager,
  ): Promise<ReadonlyMap<string, number>> {
    const removed = plan.remove.length > 0 ? await this.votes.remove(manager, plan.remove) : [];
    const inserted = plan.insert.length > 0 ? await this.votes.insert(manager, plan.insert) : [];
    if (plan.keep.length > 0) await this.votes.keep(manager, plan.keep);
    const changes = [...netScores(inserted, removed)]
      .filter(([, by]) => by !== 0)
      .flatMap(([questionId, by]) => {
        const write = writes.get(questions.get(questionId)?.sessionId ?? '');
        write?.changed();
        return write ? [{ questionId, by, version: write.version }] : [];
      });
    return this.votes.addToScores(manager, changes);
  }
}

/** The vote with its question, or why it is refused. */
function judge(
  { actor, questionId, value }: Vote,
  questions: ReadonlyMap<string, QuestionRecord>,
  writes: ReadonlyMap<string, OpenWrite>,
): AllowedVote | AppError {
  const question = questions.get(questionId);
  const session = question && writes.get(question.sessionId)?.session;
  const refusal = session ? refuseVoting(actor, session, question) : 'not_found';
  return refusal ? new AppError(refusal) : { actor, question: question!, value };
}

const unique = (ids: readonly string[]) => [...new Set(ids)];
