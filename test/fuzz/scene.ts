import { type HubProcesses } from '../support/hub/hub-process.js';
import { type KnownIds } from './valid-payload.js';

export const ATTACKER_ROLES = ['guest', 'attendee', 'speaker', 'moderator'] as const;
type AttackerRole = (typeof ATTACKER_ROLES)[number];

export interface Scene {
  readonly known: KnownIds;
  /** A token of a new person in this scene. */
  enter(role: AttackerRole): Promise<string>;
}

const QUESTION_STATES = ['approved', 'approved', 'approved', 'pending', 'rejected', 'hidden', 'live', 'withdrawn'];
const POLLS = [
  { state: 'open' },
  { state: 'open', type: 'multiple', min: 1, max: 2 },
  { state: 'draft' },
  { state: 'closed', results: 'on_close' },
];

type Hub = Pick<HubProcesses, 'make' | 'sign'>;
type Ids = Record<'sessionId' | 'questionId' | 'pollId' | 'choices', string[]>;

/** An event with all subjects of messages, in every state, and another one whose ids nobody here may use. */
export async function setScene({ make, sign }: Hub): Promise<Scene> {
  const event = await make.event();
  const foreign = await make.session();
  const ids: Ids = { sessionId: [foreign.id], questionId: [], pollId: [], choices: [] };
  for (const premoderated of [false, true])
    await fill(make, (await make.session({ event_id: event.id, premoderated })).id, ids);
  await fill(make, foreign.id, ids);
  const bystander = await make.actor({ event_id: event.id });
  const actorId = [bystander.id];
  return {
    known: { ...ids, into: ids.questionId, actorId },
    enter: async (role) => {
      const kind = role === 'guest' ? 'guest' : 'demo';
      const { id } = await make.actor({ event_id: event.id, role, kind });
      if (actorId.length < 20) actorId.push(id);
      return (await sign(id)).token;
    },
  };
}

async function fill(make: Hub['make'], session_id: string, ids: Ids) {
  ids.sessionId.push(session_id);
  const { id: author_id } = await make.actor({ event_id: (await make.event()).id });
  for (const state of QUESTION_STATES) ids.questionId.push((await make.question({ session_id, author_id, state })).id);
  for (const poll of POLLS) {
    const { id, optionIds } = await make.poll({ session_id, ...poll });
    ids.pollId.push(id);
    ids.choices.push(...optionIds);
  }
}
