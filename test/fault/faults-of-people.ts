import { setTimeout as pause } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { newId } from '#libs/client/new-id';
import { RequestError } from '#libs/client/request-error';
import { type Ack } from '#libs/contract/socket';
import { type TestClient } from '../support/clients/test-clients.js';
import { openPoll } from '../support/clients/polls.js';
import { lasting, watchCalm } from './breaking.js';
import { keyOf, type Write } from './ledger.js';
import { comeBackAtOnce } from './returning.js';
import { type Scenario } from './scenario.js';
import { fallSilent } from './silence.js';
import { readNothing } from './slow-reader.js';
import { type Stage } from './stage.js';

/** What one person sends, and what their ledger records. */
interface Message {
  readonly write: Write;
  readonly name: string;
  readonly payload: object;
}

function messagesOf({ ledger, questionIds, poll, session, luck }: Stage, actorId: string): Message[] {
  const text = `What about ${newId()}?`;
  const [id, option] = [newId(), luck.pick(poll.options).id];
  return [
    ...questionIds.map((questionId) => ({
      write: ledger.begin(keyOf('vote', actorId, questionId), 'yes'),
      name: 'question:vote',
      payload: { questionId, value: true },
    })),
    {
      write: ledger.begin(keyOf('ballot', actorId, poll.id), option),
      name: 'poll:answer',
      payload: { pollId: poll.id, choices: [option] },
    },
    {
      write: ledger.begin(keyOf('ask', actorId, text), id),
      name: 'question:ask',
      payload: { id, sessionId: session.id, text },
    },
  ];
}

/** Sends every message three times, over connections to both nodes, in a random order. */
async function sendThrice(stage: Stage) {
  const { id } = await stage.cluster.make.actor({ event_id: stage.cluster.event.id });
  const { token } = await stage.cluster.sign(id);
  const open = ({ clients }: (typeof stage.cluster.lines)[number]) =>
    io(clients.url, { auth: { token }, transports: ['websocket'], forceNew: true });
  const sockets: Socket[] = stage.cluster.lines.map(open);
  const copies = messagesOf(stage, id).flatMap((message) => [message, message, message]);
  const shuffled = copies
    .map((message) => ({ message, place: stage.luck.below(1e9) }))
    .sort((a, b) => a.place - b.place);
  const fresh = new Map<Write, number>();
  try {
    await Promise.all(
      shuffled.map(async ({ message: { write, name, payload } }, place) => {
        const socket = sockets[place % sockets.length]!;
        const answer = (await socket.timeout(10_000).emitWithAck(name, payload)) as Ack<{ duplicate?: boolean }>;
        if (!answer.ok) throw new Error(`${name} refused: ${answer.error.code}`);
        write.outcome = 'acknowledged';
        if (answer.data.duplicate === false) fresh.set(write, (fresh.get(write) ?? 0) + 1);
      }),
    );
  } finally {
    for (const socket of sockets) socket.close();
  }
  const wrong = [...fresh.values()].filter((count) => count !== 1);
  if (wrong.length > 0) throw new Error(`${wrong.length} messages were new more than once`);
}

/** Everybody answers at once, and the poll is closed while they do. */
async function closeAtPeak(stage: Stage) {
  const { ledger, persons, moderator, luck } = stage;
  const { id, options } = await openPoll(moderator, stage.session.id, { changeable: false });
  const answer = async ({ id: actorId, client }: TestClient) => {
    const option = luck.pick(options).id;
    const write = ledger.begin(keyOf('ballot', actorId, id), option);
    await pause(luck.below(30));
    await client.request('poll:answer', { pollId: id, choices: [option] }).then(
      () => (write.outcome = 'acknowledged'),
      (error: unknown) => {
        write.outcome = 'refused';
        write.code = error instanceof RequestError ? error.code : String(error);
        if (write.code !== 'poll.not_open') throw error;
      },
    );
  };
  const early = Promise.all(persons.slice(1).map(answer));
  await pause(luck.below(30));
  await moderator.client.request('poll:close', { pollId: id });
  const late = persons[0]!.client.request('poll:answer', { pollId: id, choices: [options[0]!.id] });
  await late.then(
    () => Promise.reject(new Error('a ballot counted after the poll was closed')),
    (error: unknown) =>
      error instanceof RequestError && error.code === 'poll.not_open' ? undefined : Promise.reject(error as Error),
  );
  await early;
}

/** One account on two nodes sends the same request at the same time. */
async function voteTwice(stage: Stage) {
  const { id } = await stage.cluster.make.actor({ event_id: stage.cluster.event.id });
  const pages = await Promise.all(
    stage.cluster.lines.map(({ clients }) => stage.crowd.join({ actorId: id, url: clients.url })),
  );
  for (const questionId of stage.questionIds) {
    const write = stage.ledger.begin(keyOf('vote', id, questionId), 'yes');
    const answers = await Promise.all(pages.map(({ feed }) => feed.vote(questionId, true)));
    write.outcome = 'acknowledged';
    if (answers.filter(({ duplicate }) => !duplicate).length !== 1) throw new Error('one vote was new on both nodes');
  }
  const option = stage.luck.pick(stage.poll.options).id;
  const ballot = stage.ledger.begin(keyOf('ballot', id, stage.poll.id), option);
  await Promise.all(pages.map(({ feed }) => feed.answer(stage.poll.id, { choices: [option] })));
  ballot.outcome = 'acknowledged';
}

export const FAULTS_OF_PEOPLE: readonly Scenario[] = [
  {
    id: 'F19',
    title: 'a client’s network goes silent',
    seconds: 48,
    strike: async (stage) => {
      const confirmCalm = watchCalm(stage.witnesses);
      await (await fallSilent(stage.cluster)).untilClosed();
      return confirmCalm;
    },
  },
  { id: 'F20', title: '1 % slow readers', seconds: 10, strike: readNothing },
  {
    id: 'F22',
    title: 'every message sent three times, shuffled',
    seconds: 5,
    strike: async (stage) => {
      await Promise.all(Array.from({ length: lasting(stage, 6, 20) }, () => sendThrice(stage)));
    },
  },
  {
    id: 'F23',
    title: 'a poll closed at the peak',
    seconds: 5,
    strike: async (stage) => {
      for (let round = 0; round < lasting(stage, 3, 12); round++) await closeAtPeak(stage);
    },
  },
  { id: 'F24', title: '5,000 clients come back at once', seconds: 30, strike: comeBackAtOnce },
  {
    id: 'F26',
    title: 'one account votes on two nodes at once',
    seconds: 5,
    strike: async (stage) => {
      await Promise.all(Array.from({ length: lasting(stage, 5, 25) }, () => voteTwice(stage)));
    },
  },
];
