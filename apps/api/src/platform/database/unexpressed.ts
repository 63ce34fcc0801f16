const GRANT =
  'role_grant has no primary key, which TypeORM asks for: a grant for a whole event has a null in its unique key';
const ORDER = 'TypeORM has no word for the order of an index';
const DEFAULT = 'TypeORM writes the default of a bigint as text, and drops the cast of a default: the values are equal';

/**
 * Where the entities differ from the migrations, because TypeORM cannot express what the migrations made. Read by
 * test/medium/platform/schema.spec.ts only, which fails on every other difference, and on an entry that is none. Functions, triggers,
 * extensions, storage parameters and comments are outside TypeORM's schema: they stand in the migrations.
 */
export const UNEXPRESSED = {
  /** What TypeORM's schema builder would run. */
  statements: [
    [GRANT, `ALTER TABLE "role_grant" ALTER COLUMN "session_id" SET NOT NULL`],
    [GRANT, `ALTER TABLE "role_grant" DROP CONSTRAINT "role_grant_once"`],
    [GRANT, `ALTER TABLE "role_grant" DROP CONSTRAINT "role_grant_session_of_event"`],
    [
      GRANT,
      `ALTER TABLE "role_grant" ADD CONSTRAINT "PK_ad0c1ca3344f95773b78925fae0" PRIMARY KEY ("actor_id", "event_id", "session_id")`,
    ],
    [GRANT, `ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_once" UNIQUE ("actor_id", "event_id", "session_id")`],
    [
      GRANT,
      `ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_session_of_event" FOREIGN KEY ("event_id", "session_id") REFERENCES "session"("event_id","id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    ],
  ],
  /** What PostgreSQL defines after the migrations. */
  definitions: [
    [GRANT, 'role_grant: session_id uuid YES'],
    [GRANT, 'role_grant: role_grant_once UNIQUE NULLS NOT DISTINCT (actor_id, event_id, session_id)'],
    [ORDER, 'moderation: CREATE INDEX moderation_by_session ON public.moderation USING btree (session_id, id DESC)'],
    [ORDER, 'moderation: CREATE INDEX moderation_by_question ON public.moderation USING btree (question_id, id DESC)'],
    [ORDER, 'restriction: CREATE INDEX restriction_by_event ON public.restriction USING btree (event_id, at DESC)'],
    [DEFAULT, 'speaker: guid text NO (gen_random_uuid())::text'],
    [DEFAULT, 'session: version int8 NO 0'],
    [DEFAULT, 'session: session_version int8 NO 0'],
    [DEFAULT, 'poll: tally_version int8 NO 0'],
  ],
} satisfies Record<string, readonly (readonly [reason: string, sql: string])[]>;
