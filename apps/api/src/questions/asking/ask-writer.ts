import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { AppError } from '../../platform/errors/app-error.js';
import { type SessionWrite } from '../../feed/write/open-write.js';
import { SessionWriter } from '../../feed/write/session-writer.js';
import { QUESTIONS_AT_MOST } from '#libs/domain/question-limits';
import { type Ask, AskBatch, type AskContext } from './ask-batch.js';
import { type QuestionRecord } from '../question-record.js';
import { QuestionRepository } from '../question.repository.js';
import { idIsTaken, refusedByTable } from '../question.refusals.js';
import { QuestionWriter } from '../question-writer.js';
import { textKey } from './question-text.js';

type Outcome = QuestionRecord | AppError;

/** Writes a batch of questions in one transaction: looked up together, decided one after the other, inserted together. */
@Injectable()
export class AskWriter {
  constructor(
    private readonly sessions: SessionWriter,
    private readonly questions: QuestionRepository,
    private readonly writer: QuestionWriter,
  ) {}

  async commit(asks: readonly Ask[]): Promise<readonly Outcome[]> {
    const sessionIds = [...new Set(asks.map(({ ask }) => ask.sessionId))];
    const writing = this.sessions.writeMany(sessionIds, (writes, manager) => this.write(asks, writes, manager));
    return (await writing.catch(refusedByTable)).result;
  }

  private async write(asks: readonly Ask[], writes: readonly SessionWrite[], manager: EntityManager) {
    const texts = asks.map(({ actor, ask: { id, sessionId, text } }) => ({
      id,
      sessionId,
      authorId: actor.id,
      textKey: textKey(text),
    }));
    const { contexts, looks } = await this.questions.lookAtAsks(manager, texts, QUESTIONS_AT_MOST);
    const box = new AskBatch(
      new Map(
        writes.map(({ session, version }): [string, AskContext] => [
          session.id,
          { session, version, ...contexts[session.id]! },
        ]),
      ),
    );
    const refusals = asks.map((ask, at) => box.put(ask, looks[at]!));
    const { questions } = box;
    const inserted = questions.length > 0 ? await this.questions.insert(manager, questions) : [];
    this.tell(writes, inserted);
    const records = new Map(inserted.map((record) => [record.id, record]));
    const ids = new Set(asks.filter((_, at) => !refusals[at]).map(({ ask }) => ask.id));
    const before = [...ids].filter((id) => !records.has(id));
    if (before.length > 0) for (const one of await this.questions.findMany(manager, before)) records.set(one.id, one);
    return asks.map((ask, at) => refusals[at] ?? asked(records.get(ask.ask.id), ask));
  }

  /** One patch a session, of the questions inserted there. */
  private tell(writes: readonly SessionWrite[], asked: readonly QuestionRecord[]) {
    for (const write of writes) {
      const questions = asked.filter(({ sessionId }) => sessionId === write.session.id);
      if (questions.length > 0) write.changed({ questions });
      for (const question of questions) this.writer.tellAuthor(write, question);
    }
  }
}

/** The question of an id; to anybody but its author it only reveals that the id is taken, and so do questions of other sessions. */
function asked(question: QuestionRecord | undefined, { actor, ask }: Ask): Outcome {
  if (question?.authorId === actor.id && question.sessionId === ask.sessionId) return question;
  return idIsTaken();
}
