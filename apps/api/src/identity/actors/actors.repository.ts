import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type AccessMode, type GuestsMode } from '#libs/domain/event-modes';
import { type Role } from '#libs/domain/roles';
import { type ActorContext, type RoleGrant } from './actor.js';
import { type ActorEvent } from './actor-event.js';
import { moment } from '../tokens/moment.js';
import { type VerifiedToken } from '../tokens/token.service.js';

/** An actor as stored, with roles and restrictions. */
export type StoredActor = Omit<ActorContext, 'token' | 'bannedIn'> & {
  readonly bannedIn: readonly string[];
  /** A guest of an event that is no longer open: guests have no rights there. */
  readonly isShutOut: boolean;
};

/** The actor of a token, and whether the token was revoked. */
export type TokenHolder = StoredActor & { readonly isRevoked: boolean };

export interface ActorDraft {
  readonly kind: ActorContext['kind'];
  readonly eventId: string | null;
  readonly role: Role;
  readonly name: string | null;
}

/** The requirements of an event for sign-in. */
export interface EventDoor {
  readonly id: string;
  readonly access: AccessMode;
  readonly guestDevices: boolean;
  readonly guestProof: boolean;
}

/** Who may read an event, and what its guests may do. Guests have no rights in an event that is not open. */
export interface EventRule {
  readonly access: AccessMode;
  readonly guests: GuestsMode;
}

export interface Credentials {
  readonly actorId: string;
  readonly passwordHash: string;
}

const ACTOR = `
  a.id, a.kind, a.name, a.event_id AS "eventId", a.role, a.must_change_password AS "mustChangePassword",
  a.stream_generation AS "streamGeneration",
  COALESCE((SELECT jsonb_agg(jsonb_build_object('eventId', event_id, 'sessionId', session_id, 'role', role))
            FROM role_grant WHERE actor_id = a.id), '[]') AS grants,
  ARRAY(SELECT event_id::text FROM restriction WHERE actor_id = a.id AND kind = 'mute') AS "mutedIn",
  ARRAY(SELECT event_id::text FROM restriction WHERE actor_id = a.id AND kind = 'ban') AS "bannedIn",
  a.kind = 'guest' AND EXISTS (SELECT FROM event WHERE id = a.event_id AND access <> 'open') AS "isShutOut"`;

const BY_TOKEN = `
  SELECT t.position::int, ${ACTOR},
    a.tokens_valid_from > t.issued_at OR EXISTS (SELECT FROM revoked_token WHERE jti = t.jti) AS "isRevoked"
  FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) WITH ORDINALITY AS t (actor_id, jti, issued_at, position)
  JOIN actor a ON a.id = t.actor_id`;

/** Compared with now(), which is the same for the whole statement: an index is not searched for clock_timestamp(). */
const EVENTS = `
  SELECT 'revoked' AS kind, actor_id AS "actorId", jti::text AS jti, NULL AS "eventId", ${moment('at')} AS at
    FROM revoked_token WHERE at > now() - make_interval(secs => $1)
  UNION ALL SELECT 'banned', actor_id, NULL, event_id::text, ${moment('at')}
    FROM restriction WHERE kind = 'ban' AND at > now() - make_interval(secs => $1)
  UNION ALL SELECT 'revoked', id, NULL, NULL, ${moment('tokens_valid_from')}
    FROM actor WHERE tokens_valid_from > '-infinity' AND tokens_valid_from > now() - make_interval(secs => $1)
  UNION ALL SELECT 'changed', id, NULL, NULL, ${moment('changed_at')}
    FROM actor WHERE changed_at > '-infinity' AND changed_at > now() - make_interval(secs => $1)`;

/** The queries of actors, their grants, restrictions and revoked tokens. */
@Injectable()
export class ActorsRepository {
  constructor(private readonly source: DataSource) {}

  /** The actor of each token, in one query on primary keys; undefined for an actor who was deleted. */
  async findByTokens(tokens: readonly VerifiedToken[]): Promise<(TokenHolder | undefined)[]> {
    const rows = await this.source.query<(TokenHolder & { position: number })[]>(BY_TOKEN, [
      tokens.map(({ actorId }) => actorId),
      tokens.map(({ id }) => id),
      tokens.map(({ issuedAt }) => issuedAt),
    ]);
    const found: (TokenHolder | undefined)[] = tokens.map(() => undefined);
    for (const { position, ...holder } of rows) found[position - 1] = holder;
    return found;
  }

  async findById(actorId: string, manager: EntityManager = this.source.manager): Promise<StoredActor | undefined> {
    const [row] = await manager.query<StoredActor[]>(`SELECT ${ACTOR} FROM actor a WHERE a.id = $1`, [actorId]);
    return row;
  }

  /** In the order of the ids; undefined for deleted ones. */
  async findByIds(actorIds: readonly string[]): Promise<(StoredActor | undefined)[]> {
    const rows = await this.source.query<StoredActor[]>(`SELECT ${ACTOR} FROM actor a WHERE a.id = ANY($1::uuid[])`, [
      actorIds,
    ]);
    const found = new Map(rows.map((row) => [row.id, row]));
    return actorIds.map((id) => found.get(id));
  }

  /** Those of them who may be in a stream of the event, with the lowest generation that may stay connected. */
  async streamFloors(eventId: string, actorIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await this.source.query<{ id: string; floor: number }[]>(
      `SELECT a.id, a.stream_floor AS floor FROM actor a
       WHERE a.id = ANY($2::uuid[])
         AND (a.event_id IS NULL OR a.event_id = $1 OR EXISTS (SELECT FROM role_grant WHERE actor_id = a.id AND event_id = $1))
         AND NOT EXISTS (SELECT FROM restriction WHERE actor_id = a.id AND event_id = $1 AND kind = 'ban')
         AND NOT (a.kind = 'guest' AND EXISTS (SELECT FROM event WHERE id = a.event_id AND access <> 'open'))`,
      [eventId, actorIds],
    );
    return new Map(rows.map(({ id, floor }) => [id, floor]));
  }

  /** An actor who has, or had until they were banned, a role in the event; others are not found. */
  async findInEvent(actorId: string, eventId: string): Promise<StoredActor | undefined> {
    const [row] = await this.source.query<StoredActor[]>(
      `SELECT ${ACTOR} FROM actor a WHERE a.id = $1 AND (a.event_id IS NULL OR a.event_id = $2
         OR EXISTS (SELECT FROM role_grant WHERE actor_id = a.id AND event_id = $2))`,
      [actorId, eventId],
    );
    return row;
  }

  /** Only events that are restricted: all others are open to readers and guests. */
  async eventRules(): Promise<Map<string, EventRule>> {
    const rows = await this.source.query<(EventRule & { id: string })[]>(
      `SELECT id, access, guests FROM event WHERE guests <> 'open' OR access <> 'open'`,
    );
    return new Map(rows.map(({ id, access, guests }) => [id, { access, guests }]));
  }

  async findEvent(slug: string): Promise<EventDoor | undefined> {
    const [row] = await this.source.query<EventDoor[]>(
      `SELECT id, access, guest_devices AS "guestDevices", guest_proof AS "guestProof" FROM event WHERE slug = $1`,
      [slug],
    );
    return row;
  }

  async create({ kind, eventId, role, name }: ActorDraft): Promise<string> {
    const [row] = await this.source.query<[{ id: string }]>(
      `INSERT INTO actor (kind, event_id, role, name) VALUES ($1, $2, $3, $4) RETURNING id`,
      [kind, eventId, role, name],
    );
    return row.id;
  }

  /** Does nothing when the login is taken: the first password is never restored. */
  async createOrganiser(login: string, passwordHash: string): Promise<boolean> {
    const rows = await this.source.query<unknown[]>(
      `INSERT INTO actor (kind, event_id, role, name, login, password_hash, must_change_password)
       VALUES ('account', NULL, 'organiser', $1, $1, $2, true) ON CONFLICT (login) DO NOTHING RETURNING id`,
      [login, passwordHash],
    );
    return rows.length > 0;
  }

  async findCredentials(by: { login: string } | { actorId: string }): Promise<Credentials | undefined> {
    const [where, value] = 'login' in by ? ['login', by.login] : ['id', by.actorId];
    const [row] = await this.source.query<Credentials[]>(
      `SELECT id AS "actorId", password_hash AS "passwordHash" FROM actor WHERE ${where} = $1 AND password_hash IS NOT NULL`,
      [value],
    );
    return row;
  }

  /** Also revokes every token made before `at`; only if the password is still the one that was verified. */
  async changePassword(proven: Credentials, passwordHash: string, at: Date): Promise<boolean> {
    const [rows] = await this.source.query<[unknown[], number]>(
      `UPDATE actor SET password_hash = $3, must_change_password = false, tokens_valid_from = $4
       WHERE id = $1 AND password_hash = $2 RETURNING id`,
      [proven.actorId, proven.passwordHash, passwordHash, at],
    );
    return rows.length > 0;
  }

  async rename(actorId: string, name: string): Promise<void> {
    await this.source.query(`UPDATE actor SET name = $2 WHERE id = $1`, [actorId, name]);
  }

  /** Marks an actor as changed, so that nodes without the message notice it; returns the time. */
  async touch(actorId: string, manager: EntityManager = this.source.manager): Promise<string> {
    const [[row]] = await manager.query<[[{ at: string }]]>(
      `UPDATE actor SET changed_at = clock_timestamp() WHERE id = $1 RETURNING ${moment('changed_at')} AS at`,
      [actorId],
    );
    return row.at;
  }

  async grant(actorId: string, { eventId, sessionId, role }: RoleGrant): Promise<void> {
    await this.source.query(
      `INSERT INTO role_grant (actor_id, event_id, session_id, role) VALUES ($1, $2, $3, $4)
       ON CONFLICT (actor_id, event_id, session_id) DO UPDATE SET role = excluded.role`,
      [actorId, eventId, sessionId, role],
    );
  }

  async ungrant(actorId: string, { eventId, sessionId }: Omit<RoleGrant, 'role'>): Promise<void> {
    await this.source.query(
      `DELETE FROM role_grant WHERE actor_id = $1 AND event_id = $2 AND session_id IS NOT DISTINCT FROM $3`,
      [actorId, eventId, sessionId],
    );
  }

  /** Returns the time of the revocation; undefined when the token was revoked before. */
  async revoke({
    id,
    actorId,
    expiresAt,
  }: Pick<VerifiedToken, 'id' | 'actorId' | 'expiresAt'>): Promise<string | undefined> {
    const [row] = await this.source.query<{ at: string }[]>(
      `INSERT INTO revoked_token (jti, actor_id, at, expires_at) VALUES ($1, $2, clock_timestamp(), $3)
       ON CONFLICT DO NOTHING RETURNING ${moment('at')} AS at`,
      [id, actorId, expiresAt],
    );
    return row?.at;
  }

  /** An expired token no longer needs a revocation. */
  async forgetExpired(): Promise<void> {
    await this.source.query(`DELETE FROM revoked_token WHERE expires_at < now() - interval '1 hour'`);
  }

  async eventsOfLast(seconds: number): Promise<ActorEvent[]> {
    return this.source.query<ActorEvent[]>(EVENTS, [seconds]);
  }
}
