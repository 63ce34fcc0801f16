import { z } from 'zod';
import { actorRestrict } from './auth.js';
import { cue, cueAct, cueSend } from './cue.js';
import { sessionDesk } from './desk.js';
import { type WireError } from './errors.js';
import {
  actorNotice,
  connectionClosing,
  connectionPace,
  frame,
  sessionJoin,
  sessionJoined,
  sessionLeave,
} from './feed.js';
import {
  pollAct,
  pollAnswer,
  pollAnswered,
  pollChanged,
  pollCreate,
  pollOpen,
  pollPublish,
  pollUpdate,
} from './poll.js';
import {
  moderationEntry,
  question,
  questionAdvance,
  questionAdvanced,
  questionAnnotate,
  questionAsk,
  questionEdit,
  questionHistory,
  questionModerate,
  questionReply,
  questionReview,
  questionVote,
  questionVoted,
  questionWithdraw,
} from './question.js';
import { screenShow, screenShown } from './screen.js';
import { instant } from './text.js';

const nothing = z.object({});
const serverTime = z.object({ serverTime: instant });

/** Every message a client may send: the schema of its payload and of the data in its ack. All of them are idempotent. */
export const REQUESTS = {
  'connection:check': { payload: nothing, data: serverTime },
  'connection:pace': { payload: connectionPace, data: nothing },
  'session:join': { payload: sessionJoin, data: sessionJoined },
  'session:leave': { payload: sessionLeave, data: nothing },
  'question:ask': { payload: questionAsk, data: question },
  'question:vote': { payload: questionVote, data: questionVoted },
  'question:edit': { payload: questionEdit, data: question },
  'question:withdraw': { payload: questionWithdraw, data: question },
  'question:moderate': { payload: questionModerate, data: question },
  'question:review': { payload: questionReview, data: question },
  'question:note': { payload: questionAnnotate, data: question },
  'question:reply': { payload: questionReply, data: question },
  'question:advance': { payload: questionAdvance, data: questionAdvanced },
  'question:history': { payload: questionHistory, data: z.object({ entries: z.array(moderationEntry) }) },
  'screen:show': { payload: screenShow, data: screenShown },
  'cue:send': { payload: cueSend, data: cue },
  'cue:acknowledge': { payload: cueAct, data: cue },
  'cue:withdraw': { payload: cueAct, data: cue },
  'actor:restrict': { payload: actorRestrict, data: nothing },
  'poll:create': { payload: pollCreate, data: pollChanged },
  'poll:update': { payload: pollUpdate, data: pollChanged },
  'poll:open': { payload: pollOpen, data: pollChanged },
  'poll:close': { payload: pollAct, data: pollChanged },
  'poll:publish': { payload: pollPublish, data: pollChanged },
  'poll:reset': { payload: pollAct, data: pollChanged },
  'poll:archive': { payload: pollAct, data: pollChanged },
  'poll:answer': { payload: pollAnswer, data: pollAnswered },
} as const;

export type RequestName = keyof typeof REQUESTS;
/** What a client sends: defaults may be left out. */
export type RequestInput<N extends RequestName> = z.input<(typeof REQUESTS)[N]['payload']>;
/** What a handler receives, after parsing. */
export type RequestPayload<N extends RequestName> = z.output<(typeof REQUESTS)[N]['payload']>;
export type RequestResult<N extends RequestName> = z.output<(typeof REQUESTS)[N]['data']>;

/** Every request is answered with one of these, also when it fails. */
export type Ack<T> = { ok: true; data: T } | { ok: false; error: WireError };

export type ClientToServerEvents = {
  [N in RequestName]: (payload: RequestInput<N>, ack: (answer: Ack<RequestResult<N>>) => void) => void;
};

/** Every message that the server sends of its own accord. */
export const SERVER_MESSAGES = {
  'session:frame': frame,
  'session:desk': sessionDesk,
  'actor:notice': actorNotice,
  'connection:closing': connectionClosing,
} as const;

export type ServerToClientEvents = {
  [N in keyof typeof SERVER_MESSAGES]: (message: z.output<(typeof SERVER_MESSAGES)[N]>) => void;
};
