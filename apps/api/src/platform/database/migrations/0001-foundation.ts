import { type MigrationInterface, type QueryRunner } from 'typeorm';

const SLUG = `CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) <= 80)`;

/** Everything the hub starts with: programme, actors, questions, polls, moderation, streams. */
export class Foundation0001 implements MigrationInterface {
  name = 'Foundation1763900000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE EXTENSION IF NOT EXISTS btree_gist`);
    await runner.query(PROGRAMME);
    await runner.query(ACTORS);
    await runner.query(QUESTIONS);
    await runner.query(POLLS);
    await runner.query(STREAMS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `DROP TABLE livekit_webhook, moderation, poll_ballot, poll_count, poll_round, poll_option, poll, question_vote, question,
        revoked_token, restriction, role_grant, session_speaker, speaker, actor, session, room, event CASCADE`,
    );
  }
}

const PROGRAMME = `
CREATE TABLE event (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  slug text NOT NULL CONSTRAINT event_slug_taken UNIQUE ${SLUG},
  title text NOT NULL,
  description text,
  translations jsonb NOT NULL DEFAULT '{}',
  time_zone text NOT NULL,
  languages text[] NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  access text NOT NULL DEFAULT 'open' CHECK (access IN ('open', 'registered', 'private')),
  blocked_words text[] NOT NULL DEFAULT '{}',
  schedule_version text NOT NULL DEFAULT '1',
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT event_ends_after_start CHECK (ends_at > starts_at)
);
CREATE TABLE room (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  event_id uuid NOT NULL REFERENCES event ON DELETE CASCADE,
  guid uuid NOT NULL DEFAULT gen_random_uuid(),
  slug text NOT NULL ${SLUG},
  name text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('plenary', 'workshop', 'hub')),
  city text,
  capacity int CHECK (capacity > 0),
  position int NOT NULL DEFAULT 0,
  on_air boolean NOT NULL DEFAULT false,
  CONSTRAINT room_slug_taken UNIQUE (event_id, slug),
  CONSTRAINT room_guid_taken UNIQUE (event_id, guid),
  CONSTRAINT room_of_event UNIQUE (event_id, id)
);
CREATE TABLE session (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  event_id uuid NOT NULL REFERENCES event ON DELETE CASCADE,
  room_id uuid NOT NULL,
  guid uuid NOT NULL DEFAULT gen_random_uuid(),
  slug text NOT NULL ${SLUG},
  title text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('plenary', 'keynote', 'workshop', 'debate', 'launch', 'panel', 'break', 'other')),
  state text NOT NULL DEFAULT 'scheduled' CHECK (state IN ('scheduled', 'live', 'ended', 'cancelled')),
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  language text,
  track text,
  abstract text,
  translations jsonb NOT NULL DEFAULT '{}',
  source jsonb NOT NULL DEFAULT '{}',
  qa text NOT NULL DEFAULT 'open' CHECK (qa IN ('open', 'paused', 'closed')),
  premoderated boolean NOT NULL DEFAULT true,
  slow_mode int NOT NULL DEFAULT 0 CHECK (slow_mode BETWEEN 0 AND 3600),
  live_at timestamptz,
  ended_at timestamptz,
  version bigint NOT NULL DEFAULT 0,
  session_version bigint NOT NULL DEFAULT 0,
  CONSTRAINT session_slug_taken UNIQUE (event_id, slug),
  CONSTRAINT session_guid_taken UNIQUE (event_id, guid),
  CONSTRAINT session_of_event UNIQUE (event_id, id),
  CONSTRAINT session_room_of_event FOREIGN KEY (event_id, room_id) REFERENCES room (event_id, id),
  CONSTRAINT session_ends_after_start CHECK (ends_at > starts_at),
  CONSTRAINT session_overlap EXCLUDE USING gist (room_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (state <> 'cancelled') DEFERRABLE INITIALLY IMMEDIATE
);
COMMENT ON COLUMN session.version IS 'the counter of the session feed';
COMMENT ON COLUMN session.session_version IS 'the version at which the session itself last changed';
CREATE TABLE speaker (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  event_id uuid NOT NULL REFERENCES event ON DELETE CASCADE,
  guid text NOT NULL DEFAULT gen_random_uuid()::text,
  name text NOT NULL,
  affiliation text,
  biography text,
  actor_id uuid,
  CONSTRAINT speaker_guid_taken UNIQUE (event_id, guid),
  CONSTRAINT speaker_of_event UNIQUE (event_id, id)
);
CREATE TABLE session_speaker (
  event_id uuid NOT NULL,
  session_id uuid NOT NULL,
  speaker_id uuid NOT NULL,
  position int NOT NULL DEFAULT 0,
  PRIMARY KEY (session_id, speaker_id),
  FOREIGN KEY (event_id, session_id) REFERENCES session (event_id, id) ON DELETE CASCADE,
  CONSTRAINT session_speaker_of_event FOREIGN KEY (event_id, speaker_id) REFERENCES speaker (event_id, id) ON DELETE CASCADE
);`;

const ACTORS = `
CREATE TABLE actor (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  event_id uuid REFERENCES event ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('guest', 'demo', 'account')),
  role text NOT NULL CHECK (role IN ('guest', 'attendee', 'interpreter', 'speaker', 'moderator', 'organiser')),
  name text,
  login text CONSTRAINT actor_login_taken UNIQUE,
  password_hash text,
  must_change_password boolean NOT NULL DEFAULT false,
  tokens_valid_from timestamptz NOT NULL DEFAULT '-infinity',
  changed_at timestamptz NOT NULL DEFAULT '-infinity',
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT actor_login_is_account CHECK ((login IS NULL) = (password_hash IS NULL))
);
COMMENT ON COLUMN actor.event_id IS 'null: an account of the whole hub';
COMMENT ON COLUMN actor.role IS 'the role in event_id; privileged roles elsewhere are role_grants';
COMMENT ON COLUMN actor.tokens_valid_from IS 'older tokens are refused';
COMMENT ON COLUMN actor.changed_at IS 'when roles or restrictions last changed, so that nodes notice without a message';
CREATE INDEX actor_tokens_valid_from ON actor (tokens_valid_from) WHERE tokens_valid_from > '-infinity';
CREATE INDEX actor_changed_at ON actor (changed_at) WHERE changed_at > '-infinity';
ALTER TABLE speaker ADD CONSTRAINT speaker_actor FOREIGN KEY (actor_id) REFERENCES actor ON DELETE SET NULL;
CREATE TABLE role_grant (
  actor_id uuid NOT NULL REFERENCES actor ON DELETE CASCADE,
  event_id uuid NOT NULL REFERENCES event ON DELETE CASCADE,
  session_id uuid,
  role text NOT NULL CHECK (role IN ('attendee', 'interpreter', 'speaker', 'moderator', 'organiser')),
  CONSTRAINT role_grant_once UNIQUE NULLS NOT DISTINCT (actor_id, event_id, session_id),
  CONSTRAINT role_grant_session_of_event FOREIGN KEY (event_id, session_id) REFERENCES session (event_id, id) ON DELETE CASCADE
);
CREATE TABLE restriction (
  actor_id uuid NOT NULL REFERENCES actor ON DELETE CASCADE,
  event_id uuid NOT NULL REFERENCES event ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('mute', 'ban')),
  reason text,
  by_actor_id uuid REFERENCES actor ON DELETE SET NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (actor_id, event_id, kind)
);
CREATE INDEX restriction_at ON restriction (at);
CREATE TABLE revoked_token (
  jti uuid PRIMARY KEY,
  actor_id uuid NOT NULL REFERENCES actor ON DELETE CASCADE,
  at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL
);
CREATE INDEX revoked_token_at ON revoked_token (at);
CREATE INDEX revoked_token_expiry ON revoked_token (expires_at);`;

const QUESTIONS = `
CREATE TABLE question (
  id uuid PRIMARY KEY,
  session_id uuid NOT NULL REFERENCES session ON DELETE CASCADE,
  author_id uuid NOT NULL REFERENCES actor ON DELETE CASCADE,
  text text NOT NULL CHECK (text <> ''),
  text_key text NOT NULL,
  language text,
  anonymous boolean NOT NULL DEFAULT false,
  state text NOT NULL CHECK (state IN ('pending', 'approved', 'rejected', 'hidden', 'live', 'answered', 'archived', 'withdrawn', 'merged')),
  pinned boolean NOT NULL DEFAULT false,
  score int NOT NULL DEFAULT 0 CHECK (score >= 0),
  reason text,
  merged_into uuid REFERENCES question,
  state_before_merge text,
  reply_text text,
  reply_author_id uuid REFERENCES actor ON DELETE SET NULL,
  reply_at timestamptz,
  asked_at timestamptz NOT NULL DEFAULT now(),
  edited_at timestamptz,
  approved_at timestamptz,
  live_at timestamptz,
  answered_at timestamptz,
  version bigint NOT NULL,
  score_version bigint NOT NULL,
  CONSTRAINT question_merged CHECK ((state = 'merged') = (merged_into IS NOT NULL)),
  CONSTRAINT question_not_merged_into_itself CHECK (merged_into <> id)
);
COMMENT ON COLUMN question.approved_at IS 'when the audience first saw it; null: never';
COMMENT ON COLUMN question.version IS 'the session feed version at which anything but the score last changed';
COMMENT ON COLUMN question.score_version IS 'the session feed version at which the score last changed';
CREATE UNIQUE INDEX question_one_live ON question (session_id) WHERE state = 'live';
CREATE UNIQUE INDEX question_duplicate ON question (session_id, text_key) WHERE state IN ('approved', 'live', 'answered');
CREATE INDEX question_pending ON question (session_id, text_key) WHERE state = 'pending';
CREATE INDEX question_by_version ON question (session_id, version);
CREATE INDEX question_by_score_version ON question (session_id, score_version);
CREATE INDEX question_by_author ON question (session_id, author_id);
CREATE INDEX question_by_target ON question (merged_into) WHERE merged_into IS NOT NULL;
CREATE TABLE question_vote (
  question_id uuid NOT NULL REFERENCES question ON DELETE CASCADE,
  actor_id uuid NOT NULL REFERENCES actor ON DELETE CASCADE,
  origin uuid,
  PRIMARY KEY (question_id, actor_id)
);
COMMENT ON COLUMN question_vote.origin IS 'the merged question that this vote came from; null: given here';
CREATE TABLE moderation (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  session_id uuid NOT NULL REFERENCES session ON DELETE CASCADE,
  question_id uuid REFERENCES question ON DELETE CASCADE,
  poll_id uuid,
  target_actor_id uuid REFERENCES actor ON DELETE CASCADE,
  actor_id uuid REFERENCES actor ON DELETE SET NULL,
  action text NOT NULL,
  reason text,
  detail jsonb NOT NULL DEFAULT '{}',
  at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX moderation_by_session ON moderation (session_id, id DESC);
CREATE INDEX moderation_by_question ON moderation (question_id, id DESC);`;

const POLLS = `
CREATE TABLE poll (
  id uuid PRIMARY KEY,
  session_id uuid NOT NULL REFERENCES session ON DELETE CASCADE,
  question text NOT NULL,
  type text NOT NULL CHECK (type IN ('single', 'multiple', 'rating', 'word_cloud', 'ranking', 'quiz')),
  state text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'open', 'closed', 'archived')),
  min int,
  max int,
  results text NOT NULL CHECK (results IN ('live', 'after_vote', 'on_close', 'manual')),
  changeable boolean NOT NULL,
  round int NOT NULL DEFAULT 1 CHECK (round > 0),
  opened_at timestamptz,
  closed_at timestamptz,
  published_at timestamptz,
  ends_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid REFERENCES actor ON DELETE SET NULL,
  version bigint NOT NULL,
  tally_version bigint NOT NULL DEFAULT 0,
  CONSTRAINT poll_bounds CHECK (min IS NULL OR max IS NULL OR min <= max)
);
COMMENT ON COLUMN poll.version IS 'the session feed version at which anything but the totals last changed';
COMMENT ON COLUMN poll.tally_version IS 'the session feed version at which the totals last changed';
CREATE INDEX poll_by_version ON poll (session_id, version);
CREATE INDEX poll_by_deadline ON poll (ends_at) WHERE state = 'open' AND ends_at IS NOT NULL;
ALTER TABLE moderation ADD CONSTRAINT moderation_poll FOREIGN KEY (poll_id) REFERENCES poll ON DELETE CASCADE;
CREATE TABLE poll_option (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  poll_id uuid NOT NULL REFERENCES poll ON DELETE CASCADE,
  position int NOT NULL,
  text text NOT NULL,
  CONSTRAINT poll_option_position UNIQUE (poll_id, position) DEFERRABLE INITIALLY IMMEDIATE,
  CONSTRAINT poll_option_of_poll UNIQUE (poll_id, id)
);
CREATE TABLE poll_round (
  poll_id uuid NOT NULL REFERENCES poll ON DELETE CASCADE,
  round int NOT NULL,
  ballots int NOT NULL DEFAULT 0 CHECK (ballots >= 0),
  opened_at timestamptz,
  closed_at timestamptz,
  PRIMARY KEY (poll_id, round)
);
CREATE TABLE poll_count (
  poll_id uuid NOT NULL,
  round int NOT NULL,
  option_id uuid NOT NULL,
  n int NOT NULL DEFAULT 0 CHECK (n >= 0),
  PRIMARY KEY (poll_id, round, option_id),
  FOREIGN KEY (poll_id, round) REFERENCES poll_round ON DELETE CASCADE,
  FOREIGN KEY (poll_id, option_id) REFERENCES poll_option (poll_id, id) ON DELETE CASCADE
);
CREATE TABLE poll_ballot (
  poll_id uuid NOT NULL,
  round int NOT NULL,
  actor_id uuid NOT NULL REFERENCES actor ON DELETE CASCADE,
  choices uuid[] NOT NULL DEFAULT '{}',
  text text,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (poll_id, round, actor_id),
  FOREIGN KEY (poll_id, round) REFERENCES poll_round ON DELETE CASCADE
);`;

const STREAMS = `
CREATE TABLE livekit_webhook (
  id text PRIMARY KEY,
  received_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX livekit_webhook_age ON livekit_webhook (received_at);`;
