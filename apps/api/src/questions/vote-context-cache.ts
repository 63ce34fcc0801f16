import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { type EntityManager } from 'typeorm';
import { type GuestsMode } from '#libs/domain/event-modes';
import { GuestPolicyCache } from '../identity/actors/guest-policy-cache.js';
import { type KeepsEntries } from '../platform/metrics/keeps-entries.js';
import { getMany } from '../platform/concurrency/get-many.js';
import { type PolicyQuestion, type QuestionsSession } from './question.policy.js';
import { VoteContextRepository, type VoteContextRow } from './vote-context.repository.js';

/** The facts that decide on a vote. Of these only the states, `qa` and `guests` ever change. */
export interface VoteContext {
  readonly question: PolicyQuestion;
  readonly session: QuestionsSession;
}

/** At most this many entries. */
const REMEMBERED = 10_000;

/**
 * Caches the facts that decide on votes, so that a batch needs no query. They may be outdated: `cast_votes` compares them, except for
 * what guests may do, which is always this node's current knowledge.
 */
@Injectable()
export class VoteContextCache implements KeepsEntries {
  private readonly known = new LRUCache<string, VoteContext>({ max: REMEMBERED });

  constructor(
    private readonly repository: VoteContextRepository,
    private readonly guests: GuestPolicyCache,
  ) {}

  countEntries() {
    return { 'votes.grounds': this.known.size };
  }

  /** The facts of these questions, read where they are not cached; questions that do not exist are left out. */
  async recall(questionIds: readonly string[]): Promise<ReadonlyMap<string, VoteContext>> {
    const known = getMany(this.known, questionIds);
    const missing = questionIds.filter((id) => !known.has(id));
    const read = missing.length > 0 ? await this.read(missing) : [];
    return new Map([...known, ...read].map(([id, ground]) => [id, this.asOfNow(ground)]));
  }

  /** The same from the database, in the caller's transaction. */
  async read(questionIds: readonly string[], manager?: EntityManager) {
    const rows = await this.repository.find(questionIds, manager);
    const grounds = new Map(rows.map((row) => [row.id, toGround(row, this.guests.of(row.eventId))]));
    for (const id of questionIds) this.known.set(id, grounds.get(id));
    return grounds;
  }

  private asOfNow(ground: VoteContext): VoteContext {
    const guests = this.guests.of(ground.session.eventId);
    return ground.session.guests === guests ? ground : { ...ground, session: { ...ground.session, guests } };
  }
}

function toGround({ eventId, sessionState, qa, ...question }: VoteContextRow, guests: GuestsMode): VoteContext {
  return { question, session: { id: question.sessionId, eventId, state: sessionState, qa, guests } };
}
