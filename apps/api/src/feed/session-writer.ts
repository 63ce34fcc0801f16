import { type EntityManager } from 'typeorm';

/** The session's row as locked by a write: what decisions are made on. */
export interface LockedSession {
  readonly id: string;
  readonly eventId: string;
  readonly roomId: string;
  readonly state: 'scheduled' | 'live' | 'ended' | 'cancelled';
  readonly qa: 'open' | 'paused' | 'closed';
  readonly premoderated: boolean;
  readonly slowMode: number;
  readonly version: number;
}

/** One write to a session, inside its transaction. */
export interface SessionWrite {
  readonly manager: EntityManager;
  readonly session: LockedSession;
  /** The version that this write stamps on every record it changes. */
  readonly version: number;
  /** Says that something was changed and stamped, so that the version is raised and a patch published. */
  changed(): void;
  /** Says that the session's own row was changed (state, qa, title …); implies changed(). */
  sessionChanged(): void;
  /** Does something after the commit and before the answer, such as a notice to one actor. Failures are logged, never answered. */
  afterCommit(act: () => void): void;
}

export abstract class SessionWriterContract {
  /**
   * Runs one write. The session's row is locked first (FOR NO KEY UPDATE), so everything that the work reads afterwards is exact
   * until it commits; work is retried on deadlock or serialisation failure, so it must have no effects outside the transaction.
   * Resolves after COMMIT with the work's result and the session's version. Refuses with not_found for an unknown session.
   */
  abstract write<T>(sessionId: string, work: (write: SessionWrite) => Promise<T>): Promise<{ result: T; version: number }>;
}
