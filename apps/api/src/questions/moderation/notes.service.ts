import { Injectable } from '@nestjs/common';
import { type Question, type QuestionAnnotate } from '#libs/contract/question';
import { type ActorContext } from '../../identity/actors/actor.js';
import { AppError } from '../../platform/errors/app-error.js';
import { RateLimiter } from '../../platform/rate-limit/rate-limiter.js';
import { type SessionWrite } from '../../feed/write/open-write.js';
import { type QuestionChange, type QuestionRecord } from '../question-record.js';
import { scopeOf } from '../question.policy.js';
import { presentTo } from '../question.presenter.js';
import { QuestionWriter } from '../question-writer.js';

type Annotation = Omit<QuestionAnnotate, 'questionId'>;

/** Notes of moderators on questions, for moderators only. */
@Injectable()
export class NotesService {
  constructor(
    private readonly writer: QuestionWriter,
    private readonly limits: RateLimiter,
  ) {}

  /** The same note again changes nothing, so that a request can be repeated. */
  async annotate(actor: ActorContext, { questionId, ...annotation }: QuestionAnnotate): Promise<Question> {
    this.limits.take('moderate', { actor });
    return this.writer.write(actor, questionId, 'question.moderate', async (write, question) => {
      const noted = holds(question, annotation) ? question : await this.replace(write, question, actor, annotation);
      return presentTo(actor, scopeOf(write.session), noted);
    });
  }

  private async replace(write: SessionWrite, question: QuestionRecord, actor: ActorContext, annotation: Annotation) {
    const { id: noteId, text, replaces } = annotation;
    const current = question.note?.id ?? null;
    if (current === noteId) throw new AppError('conflict', { message: 'Another note has this id.' });
    if (current !== replaces) throw new AppError('conflict', { message: 'The note was changed since it was read.' });
    const change: QuestionChange =
      text === null
        ? { noteId: null, noteText: null, noteAuthorId: null, noteAt: null }
        : { noteId, noteText: text, noteAuthorId: actor.id, noteAt: new Date() };
    const noted = await this.writer.change(write, question, change);
    write.record({ questionId: question.id, actorId: actor.id, action: text === null ? 'note-remove' : 'note' });
    return noted;
  }
}

function holds({ note }: QuestionRecord, { id, text }: Annotation): boolean {
  return text === null ? note === null : note?.id === id && note.text === text;
}
