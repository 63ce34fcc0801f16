import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { DataSource, type EntityManager, IsNull, Not, Repository } from 'typeorm';
import { z } from 'zod';
import { ACCESS_MODES, GUESTS_MODES } from '#libs/domain/event-modes';
import { type Role, ROLES } from '#libs/domain/roles';
import { insertOnce } from '../../platform/database/insert-once.js';
import { queryOne, queryRow, queryRows } from '../../platform/database/sql.js';
import { type ActorContext, type RoleGrant, type VerifiedToken } from './actor.js';
import { type ActorEvent, actorEvent } from './actor-event.js';
import { ActorEntity, ACTOR_KINDS } from './actor.entity.js';
import { RoleGrantEntity } from './role-grant.entity.js';
import { moment } from './moment.js';
import { RevokedTokenEntity } from './revoked-token.entity.js';

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

const eventDoor = z.object({
  id: z.string(),
  access: z.enum(ACCESS_MODES),
  guestDevices: z.boolean(),
  guestProof: z.boolean(),
});
/** The requirements of an event for sign-in. */
export type EventDoor = Readonly<z.infer<typeof eventDoor>>;

const eventRule = z.object({ access: z.enum(ACCESS_MODES), guests: z.enum(GUESTS_MODES) });
/** Who may read an event, and what its guests may do. Guests have no rights in an event that is not open. */
export type EventRule = Readonly<z.infer<typeof eventRule>>;

export interface Credentials {
  readonly actorId: string;
  readonly passwordHash: string;
}

const storedActor = z.object({
  id: z.string(),
  kind: z.enum(ACTOR_KINDS),
  name: z.string().nullable(),
  eventId: z.string().nullable(),
  role: z.enum(ROLES),
  mustChangePassword: z.boolean(),
  streamGeneration: z.number(),
  grants: z.array(z.object({ eventId: z.string(), sessionId: z.string().nullable(), role: z.enum(ROLES) })),
  mutedIn: z.array(z.string()),
  bannedIn: z.array(z.string()),
  isShutOut: z.boolean(),
});
const tokenHolder = storedActor.extend({ position: z.number(), isRevoked: z.boolean() });
const namedRule = eventRule.extend({ id: z.string() });
const streamFloor = z.object({ id: z.string(), floor: z.number() });
const stamped = z.object({ at: z.string() });

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
  constructor(
    private readonly source: DataSource,
    @InjectRepository(ActorEntity) private readonly actors: Repository<ActorEntity>,
    @InjectRepository(RoleGrantEntity) private readonly grants: Repository<RoleGrantEntity>,
    @InjectRepository(RevokedTokenEntity) private readonly revoked: Repository<RevokedTokenEntity>,
  ) {}

  /** The actor of each token, in one query on primary keys; undefined for an actor who was deleted. */
  async findByTokens(tokens: readonly VerifiedToken[]): Promise<(TokenHolder | undefined)[]> {
    const rows = await queryRows(this.source, tokenHolder, BY_TOKEN, [
      tokens.map(({ actorId }) => actorId),
      tokens.map(({ id }) => id),
      tokens.map(({ issuedAt }) => issuedAt),
    ]);
    const found: (TokenHolder | undefined)[] = tokens.map(() => undefined);
    for (const { position, ...holder } of rows) found[position - 1] = holder;
    return found;
  }

  findById(actorId: string, manager: EntityManager = this.source.manager): Promise<StoredActor | undefined> {
    return queryRow(manager, storedActor, `SELECT ${ACTOR} FROM actor a WHERE a.id = $1`, [actorId]);
  }

  /** In the order of the ids; undefined for deleted ones. */
  async findByIds(actorIds: readonly string[]): Promise<(StoredActor | undefined)[]> {
    const sql = `SELECT ${ACTOR} FROM actor a WHERE a.id = ANY($1::uuid[])`;
    const rows = await queryRows(this.source, storedActor, sql, [actorIds]);
    const found = new Map(rows.map((row) => [row.id, row]));
    return actorIds.map((id) => found.get(id));
  }

  /** Those of them who may be in a stream of the event, with the lowest generation that may stay connected. */
  async streamFloors(eventId: string, actorIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await queryRows(
      this.source,
      streamFloor,
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
  findInEvent(actorId: string, eventId: string): Promise<StoredActor | undefined> {
    return queryRow(
      this.source,
      storedActor,
      `SELECT ${ACTOR} FROM actor a WHERE a.id = $1 AND (a.event_id IS NULL OR a.event_id = $2
         OR EXISTS (SELECT FROM role_grant WHERE actor_id = a.id AND event_id = $2))`,
      [actorId, eventId],
    );
  }

  /** Only events that are restricted: all others are open to readers and guests. */
  async eventRules(): Promise<Map<string, EventRule>> {
    const rows = await queryRows(
      this.source,
      namedRule,
      `SELECT id, access, guests FROM event WHERE guests <> 'open' OR access <> 'open'`,
    );
    return new Map(rows.map(({ id, access, guests }) => [id, { access, guests }]));
  }

  findEvent(slug: string): Promise<EventDoor | undefined> {
    return queryRow(
      this.source,
      eventDoor,
      `SELECT id, access, guest_devices AS "guestDevices", guest_proof AS "guestProof" FROM event WHERE slug = $1`,
      [slug],
    );
  }

  async create({ kind, eventId, role, name }: ActorDraft): Promise<string> {
    const { identifiers } = await this.actors.insert({ kind, eventId, role, name });
    return String(identifiers[0]?.id);
  }

  /** Does nothing when the login is taken: the first password is never restored. */
  createOrganiser(login: string, passwordHash: string): Promise<boolean> {
    const account = { kind: 'account', eventId: null, role: 'organiser', name: login, login, passwordHash } as const;
    return insertOnce(this.actors, { ...account, mustChangePassword: true });
  }

  async findCredentials(by: { login: string } | { actorId: string }): Promise<Credentials | undefined> {
    const who = 'login' in by ? by : { id: by.actorId };
    const found = await this.actors.findOne({
      select: { id: true, passwordHash: true },
      where: { ...who, passwordHash: Not(IsNull()) },
    });
    return found?.passwordHash ? { actorId: found.id, passwordHash: found.passwordHash } : undefined;
  }

  /** Also revokes every token made before `at`; only if the password is still the one that was verified. */
  async changePassword(proven: Credentials, passwordHash: string, at: Date): Promise<boolean> {
    const { affected } = await this.actors.update(
      { id: proven.actorId, passwordHash: proven.passwordHash },
      { passwordHash, mustChangePassword: false, tokensValidFrom: at },
    );
    return affected === 1;
  }

  async rename(actorId: string, name: string): Promise<void> {
    await this.actors.update({ id: actorId }, { name });
  }

  /** Marks an actor as changed, so that nodes without the message notice it; returns the time. */
  async touch(actorId: string, manager: EntityManager = this.source.manager): Promise<string> {
    const sql = `UPDATE actor SET changed_at = clock_timestamp() WHERE id = $1 RETURNING ${moment('changed_at')} AS at`;
    return (await queryOne(manager, stamped, sql, [actorId])).at;
  }

  async grant(actorId: string, { eventId, sessionId, role }: RoleGrant): Promise<void> {
    await this.grants.upsert({ actorId, eventId, sessionId, role }, ['actorId', 'eventId', 'sessionId']);
  }

  async ungrant(actorId: string, { eventId, sessionId }: Omit<RoleGrant, 'role'>): Promise<void> {
    await this.grants.delete({ actorId, eventId, sessionId: sessionId ?? IsNull() });
  }

  /** Returns the time of the revocation; undefined when the token was revoked before. */
  async revoke({
    id,
    actorId,
    expiresAt,
  }: Pick<VerifiedToken, 'id' | 'actorId' | 'expiresAt'>): Promise<string | undefined> {
    const row = await queryRow(
      this.source,
      stamped,
      `INSERT INTO revoked_token (jti, actor_id, at, expires_at) VALUES ($1, $2, clock_timestamp(), $3)
       ON CONFLICT DO NOTHING RETURNING ${moment('at')} AS at`,
      [id, actorId, expiresAt],
    );
    return row?.at;
  }

  /** An expired token no longer needs a revocation. */
  async forgetExpired(): Promise<void> {
    await this.revoked.createQueryBuilder().delete().where(`expires_at < now() - interval '1 hour'`).execute();
  }

  async eventsOfLast(seconds: number): Promise<ActorEvent[]> {
    return queryRows(this.source, actorEvent, EVENTS, [seconds]);
  }
}
