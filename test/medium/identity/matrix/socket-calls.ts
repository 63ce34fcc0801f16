import { randomUUID } from 'node:crypto';
import { type Screen } from '#libs/contract/screen';
import { type Call, type Calls, type Scene } from './stage.js';

type Overrides = Record<string, unknown>;

const sends = (payload: (scene: Scene) => object | Promise<object>, more: Partial<Call> = {}): Call => ({
  ask: async (scene) => ({ payload: await payload(scene) }),
  writes: 'always',
  ...more,
});
const never = { writes: 'never' } as const;
const hidden = { event: 'hidden' } as const;

/** A question of another author, in this session. */
const question = (scene: Scene, overrides: Overrides = {}) =>
  scene.make.question({ session_id: scene.place.here.id, ...overrides });
/** A question of the caller. */
const own = (scene: Scene, overrides: Overrides = {}) =>
  question(scene, { ...(scene.caller.id && { author_id: scene.caller.id }), ...overrides });
const awayQuestion = ({ make, stage }: Scene) => make.question({ session_id: stage.away.id });
const poll = (scene: Scene, overrides: Overrides = {}) =>
  scene.make.poll({
    session_id: scene.place.here.id,
    ...(isSeen(overrides) && { opened_at: new Date() }),
    ...overrides,
  });
const isSeen = ({ state }: Overrides) => state !== 'draft';

const onQuestion = (overrides: Overrides, more: object | ((scene: Scene) => object) = {}, call: Partial<Call> = {}) =>
  sends(async (scene) => {
    const { id: questionId } = await question(scene, overrides);
    return { questionId, ...(typeof more === 'function' ? more(scene) : more) };
  }, call);
const onOwn = (more: (scene: Scene) => object = () => ({})) =>
  sends(async (scene) => ({ questionId: (await own(scene)).id, ...more(scene) }));
const onPoll = (overrides: Overrides, more: object = {}, call: Partial<Call> = {}) =>
  sends(async (scene) => ({ pollId: (await poll(scene, overrides)).id, ...more }), call);
const answers = (overrides: Overrides = {}, call: Partial<Call> = {}) =>
  sends(async (scene) => {
    const { id: pollId, optionIds } = await poll(scene, overrides);
    return { pollId, choices: [optionIds[0]] };
  }, call);
const pollDraft = ({ place, n }: Scene) => ({
  id: randomUUID(),
  sessionId: place.here.id,
  question: `Which one, ${n}?`,
  type: 'single',
  options: ['One', 'Two'],
  results: 'live',
  changeable: true,
});
const NEW_WORDS = {
  id: randomUUID(),
  text: 'New words?',
  key: 'new words',
  at: '2026-03-16T09:30:00.000Z',
  state: 'pending',
};
const aNote = () => ({ id: randomUUID(), text: 'Ask the minister first', replaces: null });
const aText = ({ n }: Scene) => ({ text: `What about ${n} ${randomUUID()}?` });
const asks = (id?: (scene: Scene) => Promise<{ id: string }>, call: Partial<Call> = {}) =>
  sends(async (scene) => {
    const sessionId = scene.place.here.id;
    return { id: (await id?.(scene))?.id ?? randomUUID(), sessionId, anonymous: false, ...aText(scene) };
  }, call);
const shows = (screen: (scene: Scene) => Promise<Screen>, more: Partial<Call> = {}) =>
  sends(async (scene) => ({ sessionId: scene.place.here.id, screen: await screen(scene) }), more);
/** The session is shared: what it shows already is not written again. */
const showsTop = (more: Partial<Call> = {}) => shows(async () => ({ kind: 'top' }), { writes: 'sometimes', ...more });
/** The session is shared: where another question is live already, nothing is written. */
const advances = (isAllowed: boolean) =>
  sends(
    async (scene) => {
      const { id: sessionId } = scene.place.here;
      await scene.stage.hub.database.query('UPDATE session SET speakers_advance = $2 WHERE id = $1', [
        sessionId,
        isAllowed,
      ]);
      return { sessionId, from: null, next: true };
    },
    { writes: 'sometimes' },
  );
const aCue = ({ place, n }: Scene) => ({ id: randomUUID(), sessionId: place.here.id, text: `Number ${n}, please` });
const onCue = () => sends(async (scene) => ({ cueId: (await scene.make.cue({ session_id: scene.place.here.id })).id }));
/** A person to be restricted. */
const restricts = (whom: (scene: Scene) => Promise<string>, restriction = 'mute') =>
  sends(async (scene) => ({ sessionId: scene.place.here.id, actorId: await whom(scene), restriction }));
const somebody = (role: string) => async (scene: Scene) =>
  (await scene.make.actor({ event_id: scene.place.event.id, role })).id;

/** Every message, by its subject. The messages of the contract are compared with these. */
export const SOCKET_CALLS: Calls = {
  'connection:check | its own': sends(() => ({}), never),
  'connection:pace | its own': sends(() => ({ pace: 'slow' }), never),
  'session:join | a session': sends(({ place }) => ({ sessionId: place.here.id }), never),
  'session:join | of a private event': sends(({ place }) => ({ sessionId: place.here.id }), { ...never, ...hidden }),
  'session:leave | a session': sends(({ place }) => ({ sessionId: place.here.id }), never),

  'question:ask | in a session': asks(),
  'question:ask | in a session of a private event': asks(undefined, hidden),
  'question:ask | under the id of another question': asks((scene) => question(scene)),
  'question:ask | under an id of another event': asks(awayQuestion),
  "question:vote | another's, approved": onQuestion({}, { value: true }),
  "question:vote | another's, pending": onQuestion({ state: 'pending' }, { value: true }),
  "question:vote | another's, rejected": onQuestion({ state: 'rejected' }, { value: true }),
  'question:vote | in a private event': onQuestion({}, { value: true }, hidden),
  'question:edit | one’s own': onOwn(aText),
  "question:edit | another's, approved": onQuestion({}, aText),
  "question:edit | another's, pending": onQuestion({ state: 'pending' }, aText),
  'question:withdraw | one’s own': onOwn(),
  "question:withdraw | another's, approved": onQuestion({}),
  "question:withdraw | another's, pending": onQuestion({ state: 'pending' }),
  'question:moderate | an approved one': onQuestion({}, { action: 'hide' }),
  'question:moderate | a pending one': onQuestion({ state: 'pending' }, { action: 'approve' }),
  'question:moderate | in a private event': onQuestion({ state: 'pending' }, { action: 'approve' }, hidden),
  'question:moderate | into one of another session': sends(async (scene) => ({
    questionId: (await question(scene)).id,
    action: 'merge',
    into: (await question(scene, { session_id: scene.place.there.id })).id,
  })),
  'question:moderate | into one of another event': sends(async (scene) => ({
    questionId: (await question(scene)).id,
    action: 'merge',
    into: (await awayQuestion(scene)).id,
  })),
  'question:review | an approved one': onQuestion(
    { revision: NEW_WORDS },
    { revision: NEW_WORDS.id, decision: 'reject' },
  ),
  'question:review | a pending one': onQuestion(
    { state: 'pending', revision: NEW_WORDS },
    { revision: NEW_WORDS.id, decision: 'reject' },
  ),
  'question:note | an approved one': onQuestion({}, aNote),
  'question:note | a pending one': onQuestion({ state: 'pending' }, aNote),
  'question:reply | an approved one': onQuestion({}, aText),
  'question:reply | a pending one': onQuestion({ state: 'pending' }, aText),
  'question:history | an approved one': onQuestion({}, {}, never),
  'question:history | a pending one': onQuestion({ state: 'pending' }, {}, never),

  'question:advance | in a session': advances(false),
  'question:advance | where its speakers may': advances(true),

  'cue:send | in a session': sends(aCue),
  'cue:send | under an id of another session': sends(async (scene) => ({
    ...aCue(scene),
    id: (await scene.make.cue({ session_id: scene.place.there.id })).id,
  })),
  'cue:acknowledge | a message': onCue(),
  'cue:acknowledge | a message of others': sends(async ({ make, stage }) => ({
    cueId: (await make.cue({ session_id: stage.away.id })).id,
  })),
  'cue:withdraw | a message': onCue(),

  'screen:show | in a session': showsTop(),
  'screen:show | in a session of a private event': showsTop(hidden),
  'screen:show | a question': shows(async (scene) => ({ kind: 'question', questionId: (await question(scene)).id })),
  'screen:show | a question of another event': shows(async (scene) => ({
    kind: 'question',
    questionId: (await awayQuestion(scene)).id,
  })),
  'screen:show | an open poll': shows(async (scene) => ({ kind: 'poll', pollId: (await poll(scene)).id })),

  'actor:restrict | an attendee': restricts(somebody('attendee')),
  'actor:restrict | a moderator': restricts(somebody('moderator'), 'ban'),
  'actor:restrict | somebody of another event': restricts(async ({ make, stage }) =>
    make.actor({ event_id: stage.away.event_id }).then(({ id }) => id),
  ),

  'poll:create | in a session': sends(pollDraft),
  'poll:create | in a session of a private event': sends(pollDraft, hidden),
  'poll:create | under an id of another session': sends(async (scene) => ({
    ...pollDraft(scene),
    id: (await poll(scene, { session_id: scene.place.there.id })).id,
  })),
  'poll:update | a draft': onPoll({ state: 'draft' }, { question: 'Another one?' }),
  'poll:open | a draft': onPoll({ state: 'draft' }),
  'poll:open | a draft of a private event': onPoll({ state: 'draft' }, {}, hidden),
  'poll:close | an open one': onPoll({}),
  'poll:publish | an open one': onPoll({ results: 'manual' }),
  'poll:reset | an open one': onPoll({}),
  'poll:archive | a closed one': onPoll({ state: 'closed' }),
  'poll:answer | an open one': answers(),
  'poll:answer | a draft': answers({ state: 'draft' }),
  'poll:answer | a closed one': answers({ state: 'closed' }),
  'poll:answer | in a private event': answers({}, hidden),
  'poll:answer | an option of another poll': sends(async (scene) => ({
    pollId: (await poll(scene)).id,
    choices: [(await poll(scene)).optionIds[0]],
  })),
};
