import { Injectable } from '@nestjs/common';
import { type Cue, type CueSend } from '#libs/contract/cue';
import { CUES_AT_MOST } from '#libs/domain/cues';
import { type ActorContext, type RoleScope } from '../identity/actors/actor.js';
import { allow } from '../identity/access/policy.js';
import { AppError } from '../platform/errors/app-error.js';
import { RateLimiter } from '../platform/rate-limit/rate-limiter.js';
import { audienceOf } from '../feed/feed.policy.js';
import { SessionScopes } from '../feed/session-scopes.js';
import { type SessionWrite } from '../feed/write/open-write.js';
import { SessionWriter } from '../feed/write/session-writer.js';
import { type CueRecord } from './cue-record.js';
import { can } from './cue.policy.js';
import { presentCue } from './cue.presenter.js';
import { CueRepository } from './cue.repository.js';

/** Silent messages from the moderators of a session to its speakers. Repeating an action whose result holds changes nothing. */
@Injectable()
export class CuesService {
  constructor(
    private readonly writer: SessionWriter,
    private readonly scopes: SessionScopes,
    private readonly cues: CueRepository,
    private readonly limits: RateLimiter,
  ) {}

  async send(actor: ActorContext, draft: CueSend): Promise<Cue> {
    const scope = await this.scopes.forAct(actor, draft.sessionId, (_, scope) => can(actor, 'cue.send', { scope }));
    const { result } = await this.writer.write(draft.sessionId, async (write) => {
      allow(can(actor, 'cue.send', { scope, session: write.session }));
      const isNew = await this.cues.insert(write, actor.id, draft);
      if (isNew) await this.sent(write, actor, draft.id);
      const cue = await this.cues.find(write, draft.id);
      if (!cue || !isSame(cue, draft))
        throw new AppError('conflict', { field: 'id', message: 'Another message has this id.' });
      if (isNew) write.changed({ cues: [cue] });
      return cue;
    });
    return presentTo(actor, scope, result);
  }

  acknowledge(actor: ActorContext, cueId: string): Promise<Cue> {
    return this.act(
      actor,
      cueId,
      'cue.acknowledge',
      async (write, { withdrawnAt }) => withdrawnAt === null && this.cues.see(write, cueId, actor.id),
    );
  }

  withdraw(actor: ActorContext, cueId: string): Promise<Cue> {
    return this.act(actor, cueId, 'cue.withdraw', async (write, { withdrawnAt }) => {
      if (withdrawnAt !== null) return false;
      await this.cues.withdraw(write, cueId);
      write.record({ actorId: actor.id, action: 'cue.withdraw', detail: { cueId } });
      return true;
    });
  }

  /** The refusal above the limit rolls the insertion back. */
  private async sent(write: SessionWrite, actor: ActorContext, cueId: string): Promise<void> {
    if ((await this.cues.countIn(write)) > CUES_AT_MOST)
      throw new AppError('conflict', { message: `A session has at most ${CUES_AT_MOST} messages to its speakers.` });
    write.record({ actorId: actor.id, action: 'cue.send', detail: { cueId } });
  }

  private async act(
    actor: ActorContext,
    cueId: string,
    action: 'cue.acknowledge' | 'cue.withdraw',
    change: (write: SessionWrite, cue: CueRecord) => Promise<boolean>,
  ): Promise<Cue> {
    const scope = await this.cues.scopeFor(actor, cueId);
    if (!scope) throw new AppError('not_found');
    allow(can(actor, action, { scope }));
    this.limits.take('moderate', { actor });
    const { result } = await this.writer.write(scope.sessionId, async (write) => {
      const before = found(await this.cues.find(write, cueId));
      if (!(await change(write, before))) return before;
      const cue = found(await this.cues.find(write, cueId));
      write.changed({ cues: [cue] });
      return cue;
    });
    return presentTo(actor, scope, result);
  }
}

function found(cue: CueRecord | undefined): CueRecord {
  if (!cue) throw new AppError('not_found');
  return cue;
}

function isSame(cue: CueRecord, { preset, text }: CueSend): boolean {
  return cue.preset === (preset ?? null) && cue.text === (text ?? null);
}

/** Only speakers and moderators of the session get here, so the presenter never returns null. */
function presentTo(actor: ActorContext, scope: RoleScope, cue: CueRecord): Cue {
  const shown = presentCue(cue, { audience: audienceOf(actor, scope) });
  if (!shown) throw new AppError('not_found');
  return shown;
}
