import { Injectable } from '@nestjs/common';
import { type Poll, type PollCreate, type PollUpdate } from '#libs/contract/poll';
import { type Screen } from '#libs/contract/screen';
import { type ActorContext } from '../identity/actors/actor.js';
import { AppError } from '../platform/errors/app-error.js';
import { RateLimiter } from '../platform/rate-limit/rate-limiter.js';
import { type SessionWrite } from '../feed/write/open-write.js';
import { SessionWriter } from '../feed/write/session-writer.js';
import { areOptionsChanged, changedFields, contentOf, frozenField, toContent, updated } from './poll-content.js';
import { type PollScope, type PollRecord } from './poll-record.js';
import { isOverdue, outcomeOf, type PollAct } from '#libs/domain/poll-transitions';
import { POLLS_AT_MOST } from '#libs/domain/poll-limits';
import { isOver } from '#libs/domain/session-states';
import { can, isForScreen } from './poll.policy.js';
import { presentToModerator } from './poll.presenter.js';
import { PollRepository } from './poll.repository.js';

type PollScreen = Extract<Screen, { readonly pollId: string }>;
/** Returns the poll after it, or the same one where nothing changes. */
type Change = (write: SessionWrite, poll: PollRecord, now: Date) => Promise<PollRecord>;

/** The actions on polls, by the moderators of their session. Repeating an action whose result holds changes nothing. */
@Injectable()
export class PollsService {
  constructor(
    private readonly writer: SessionWriter,
    private readonly limits: RateLimiter,
    private readonly polls: PollRepository,
  ) {}

  async create(actor: ActorContext, { id, sessionId, ...draft }: PollCreate): Promise<Poll> {
    this.allow(actor, await this.polls.scopeIn(actor, sessionId));
    const content = toContent(draft);
    const { result } = await this.writer.write(sessionId, async (write) => {
      const isNew = await this.polls.insert(write, id, actor.id, content);
      if (isNew) await this.refuseTooMany(write);
      const record = await this.polls.find(write, id);
      if (!record || changedFields(contentOf(record), content).length > 0) throw idIsTaken();
      if (isNew) this.done(write, record, actor.id, 'poll.create');
      return record;
    });
    return presentToModerator(result);
  }

  /** The refusal above the limit rolls the insertion back. */
  private async refuseTooMany(write: SessionWrite): Promise<void> {
    if ((await this.polls.countIn(write)) > POLLS_AT_MOST)
      throw new AppError('conflict', { message: `A session has at most ${POLLS_AT_MOST} polls.` });
  }

  update(actor: ActorContext, update: PollUpdate): Promise<Poll> {
    return this.change(actor, update.pollId, async (write, record) => {
      if (record.poll.state === 'archived')
        throw new AppError('poll.state', { message: 'An archived poll cannot be changed.' });
      const before = contentOf(record);
      const after = updated(before, update);
      const fields = changedFields(before, after);
      if (fields.length === 0) return record;
      const field = frozenField(record, before, after);
      if (field) throw new AppError('poll.frozen', { field, message: 'It has ballots and cannot be changed.' });
      await this.polls.update(write, record.id, after);
      if (areOptionsChanged(before, after)) await this.polls.replaceOptions(write, record.id, after.options);
      return this.done(write, (await this.polls.find(write, record.id))!, actor.id, 'poll.update', { fields });
    });
  }

  /** Opens a draft. On an open poll another deadline replaces the one it has. */
  open(actor: ActorContext, pollId: string, endsAt?: string): Promise<Poll> {
    return this.change(actor, pollId, async (write, record, now) => {
      const { poll } = record;
      const isNewDeadline = endsAt !== undefined && endsAt !== poll.endsAt;
      if (!mayAct('open', poll) && !isNewDeadline) return record;
      refuseWhereOver(write);
      const end = endsAt === undefined ? null : new Date(endsAt);
      if (end && end <= now)
        throw new AppError('request.invalid', { field: 'endsAt', message: 'must be in the future' });
      const opened = await this.polls.open(write, pollId, end);
      return this.done(write, opened, actor.id, 'poll.open', { round: poll.round, ...(end && { endsAt: end }) });
    });
  }

  close(actor: ActorContext, pollId: string): Promise<Poll> {
    return this.act(actor, pollId, 'close', (write) => this.polls.close(write, pollId));
  }

  publish(actor: ActorContext, pollId: string, isPublished: boolean): Promise<Poll> {
    const act = isPublished ? 'publish' : 'unpublish';
    return this.act(actor, pollId, act, (write) => this.polls.setPublished(write, pollId, isPublished));
  }

  reset(actor: ActorContext, pollId: string): Promise<Poll> {
    return this.act(actor, pollId, 'reset', (write) => this.polls.reset(write, pollId));
  }

  archive(actor: ActorContext, pollId: string): Promise<Poll> {
    return this.act(actor, pollId, 'archive', (write) => this.polls.archive(write, pollId));
  }

  /** Closes a poll whose time is over; a second call finds it closed. */
  async closeOverdue({ pollId, sessionId }: { pollId: string; sessionId: string }): Promise<void> {
    await this.writer.write(sessionId, (write) => this.asOfNow(write, pollId));
  }

  /** Inside a write that a moderator of the session makes: puts a poll or its result on the projector. */
  async putOnScreen(write: SessionWrite, screen: PollScreen): Promise<void> {
    const { poll } = (await this.asOfNow(write, screen.pollId)).record;
    if (!isForScreen(screen.kind, poll))
      throw new AppError('poll.state', { message: 'The audience cannot see that now.' });
    write.show(screen);
  }

  private act(
    actor: ActorContext,
    pollId: string,
    act: PollAct,
    change: (write: SessionWrite) => Promise<PollRecord>,
  ): Promise<Poll> {
    return this.change(actor, pollId, async (write, record) => {
      if (!mayAct(act, record.poll)) return record;
      return this.done(write, await change(write), actor.id, `poll.${act}`, { round: record.poll.round });
    });
  }

  private async change(actor: ActorContext, pollId: string, change: Change): Promise<Poll> {
    const { sessionId } = this.allow(actor, await this.polls.scopeFor(actor, pollId));
    const { result } = await this.writer.write(sessionId, async (write) => {
      const { record, now } = await this.asOfNow(write, pollId);
      return change(write, record, now);
    });
    return presentToModerator(result);
  }

  private allow(actor: ActorContext, scope: PollScope | undefined): PollScope {
    const refusal = scope ? can(actor, 'poll.moderate', { scope }) : 'not_found';
    if (!scope || refusal === 'not_found')
      throw new AppError('not_found', { message: 'There is no such poll or session.' });
    if (refusal) throw new AppError(refusal, { message: 'Only for moderators of the session.' });
    this.limits.take('moderate', { actor });
    return scope;
  }

  /** A poll whose time is over is closed before anything else happens to it. */
  private async asOfNow(write: SessionWrite, pollId: string): Promise<{ record: PollRecord; now: Date }> {
    const found = await this.polls.findWithTime(write, pollId);
    if (!found) throw new AppError('not_found', { message: 'There is no such poll.' });
    const { record, now } = found;
    if (!isOverdue(record.poll, now)) return found;
    const { round, endsAt } = record.poll;
    const closed = await this.polls.close(write, pollId);
    return { record: this.done(write, closed, null, 'poll.close', { round, endsAt }), now };
  }

  /** Content that the audience may no longer see is removed from the projector at once. */
  private done(write: SessionWrite, record: PollRecord, actorId: string | null, action: string, detail: object = {}) {
    write.record({ pollId: record.id, actorId, action, detail });
    write.changed({ polls: [record] });
    const { screen } = write;
    const isOnScreen = (screen.kind === 'poll' || screen.kind === 'result') && screen.pollId === record.id;
    if (isOnScreen && !isForScreen(screen.kind, record.poll)) write.show({ kind: 'title' });
    return record;
  }
}

/** By a poll of another session, or by one with another content: acknowledging would lose the second one. */
function idIsTaken(): AppError {
  return new AppError('conflict', { message: 'Another poll has this id.', field: 'id' });
}

/** A poll opened in a session that has ended would take ballots that nobody expects. */
function refuseWhereOver({ session: { state } }: SessionWrite): void {
  if (isOver(state))
    throw new AppError('session.state', { message: `A poll cannot be opened in a session that is ${state}.` });
}

/** Whether the action changes something; refuses with poll.state when it is not possible in the poll's state. */
function mayAct(act: PollAct, poll: PollRecord['poll']): boolean {
  const outcome = outcomeOf(act, poll);
  if (outcome === 'refused')
    throw new AppError('poll.state', { message: `A poll that is ${poll.state} does not allow: ${act}.` });
  return outcome === 'changes';
}
