import { scheduleOf } from './schedules.mjs';
import { storm } from './storm.mjs';

const EVENT = '/api/events/bench';
const FORMS = ['json', 'xml', 'ics'];
/** Each is the fastest of these, so that other load of the machine has the least effect. */
const TRIES = { cold: 3, warm: 15 };

/**
 * What whole programmes cost: each form right after a change of the programme (cold) and again (warm), and what people who vote in a
 * session of the event notice while nobody reads it, while a reader requests every form repeatedly, and while it changes before each.
 */
export const exported = (sessions, rooms) => async (stage, options) => {
  const node = await stage.startNode();
  const [organiser] = await stage.people(1, 'organiser');
  await importProgramme(node.url, organiser, scheduleOf(sessions, { rooms }));
  const forms = {};
  for (const form of FORMS) forms[form] = await costOf(stage, node.url, form);
  const tokens = await stage.people(options.people);
  const storms = {};
  for (const [name, reader] of Object.entries(READERS)) {
    const beside = reader && (({ url }) => readAgainAndAgain(() => reader(stage, url)));
    const { ack, visible, hub, cpu, truth, flood } = await storm(stage, {
      urls: [node.url],
      ...options,
      tokens,
      beside,
    });
    if (flood?.error) throw new Error(flood.error);
    storms[name] = { ack, visible, loopDelay: hub.loopDelay, cpu, truth, ...(flood && { rounds: flood }) };
  }
  return { sessions, rooms, ...options, forms, storms };
};

const READERS = {
  nobody: null,
  warm: readAll,
  cold: async (stage, url) => {
    await changeProgramme(stage);
    await readAll(stage, url);
  },
};

async function importProgramme(url, token, file) {
  const response = await fetch(`${url}${EVENT}/schedule`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(file),
  });
  if (!response.ok) throw new Error(`the import answers ${response.status}: ${(await response.text()).slice(0, 500)}`);
}

/** Another stamp, as every change of the programme gives it. */
const changeProgramme = (stage) => stage.pool.query('UPDATE programme_stamp SET stamp = gen_random_uuid()');

async function costOf(stage, url, form) {
  const cold = [];
  for (let n = 0; n < TRIES.cold; n++) {
    await changeProgramme(stage);
    cold.push(await read(url, form));
  }
  const warm = [];
  for (let n = 0; n < TRIES.warm; n++) warm.push(await read(url, form));
  const ms = (reads) => Math.min(...reads.map((one) => one.ms));
  return { bytes: cold[0].bytes, cold: ms(cold), warm: ms(warm) };
}

async function readAll(_, url) {
  for (const form of FORMS) await read(url, form);
}

async function read(url, form) {
  const from = performance.now();
  const response = await fetch(`${url}${EVENT}/schedule.${form}`);
  const { byteLength: bytes } = await response.arrayBuffer();
  if (!response.ok) throw new Error(`schedule.${form} answers ${response.status}`);
  return { bytes, ms: performance.now() - from };
}

/** One reader who waits for each answer and asks again until stopped; returns how often, and how many ms a round took. */
function readAgainAndAgain(work) {
  const told = { count: 0, ms: 0 };
  let isStopped = false;
  const loop = async () => {
    const from = performance.now();
    while (!isStopped) {
      await work();
      told.count += 1;
      told.ms = Math.round((performance.now() - from) / told.count);
    }
  };
  loop().catch((error) => (told.error = String(error)));
  return { stop: () => ((isStopped = true), told) };
}
