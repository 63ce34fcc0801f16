import fc from 'fast-check';
import { type RequestName, REQUESTS } from '#libs/contract/socket';
import { seededRandom } from '../support/load/seeded-random.js';
import { type HubProcesses } from '../support/hub/hub-process.js';
import { AttackerLine, type Heard } from './attacker-line.js';
import { type FuzzReport } from './report.js';
import { ATTACKER_ROLES, type Scene, setScene } from './scene.js';
import { nextStep, type Step, type ValidRequest } from './steps.js';
import { type KnownIds, validPayload } from './valid-payload.js';

const ATTACKERS = 12;
const STEPS = 120;

/** Several people of every role attack one scene at the same time; the seed makes the same steps again. */
export async function playRound(hub: HubProcesses, seed: number, report: FuzzReport): Promise<void> {
  const scene = await setScene(hub);
  await Promise.all(
    Array.from({ length: ATTACKERS }, (_, attacker) => attack(hub.url, scene, { seed, attacker }, report)),
  );
  report.rounds++;
}

async function attack(
  url: string,
  scene: Scene,
  { seed, attacker }: { seed: number; attacker: number },
  report: FuzzReport,
) {
  const role = ATTACKER_ROLES[attacker % ATTACKER_ROLES.length]!;
  const luck = seededRandom(seed * 1_000 + attacker);
  const requests = validRequests(scene.known, seed * 1_000 + attacker);
  const open = () => openLine(url, scene, role);
  let line = await open();
  for (const [number, request] of requests.entries()) {
    if (line.isEnded) line = await open();
    const step = nextStep({ line, luck, request });
    const heard = await perform(step, line, scene);
    if (line.isSentAway) report.count('sent away by a moderator');
    else report.judge(step, heard, { seed, attacker, role, step: number });
  }
  line.close();
}

/** A new actor replaces one that was banned. */
async function openLine(url: string, scene: Scene, role: (typeof ATTACKER_ROLES)[number]): Promise<AttackerLine> {
  for (let attempt = 0; attempt < 3; attempt++) {
    const line = await AttackerLine.open(url, await scene.enter(role));
    if (line) return line;
  }
  throw new Error('nobody is let in any more');
}

async function perform(step: Step, line: AttackerLine, { known }: Scene): Promise<Heard[]> {
  const answers = step.acks.map((ack) => line.answerTo(ack));
  const ended = step.expects === 'end' ? [line.ended()] : [];
  step.send();
  if (step.expects === 'nothing') answers.push(probe(line, known));
  return Promise.all([...answers, ...ended]);
}

/** Whether the connection still answers. */
function probe(line: AttackerLine, { sessionId }: KnownIds): Promise<Heard> {
  const ack = line.ack();
  const answer = line.answerTo(ack);
  line.write(`42${ack}${JSON.stringify(['session:leave', { sessionId: sessionId?.[0] }])}`);
  return answer;
}

function validRequests(known: KnownIds, seed: number): ValidRequest[] {
  const names = Object.keys(REQUESTS) as RequestName[];
  const each = names.map((name) => validPayload(REQUESTS[name].payload, known).map((payload) => ({ name, payload })));
  return fc.sample(fc.oneof(...each), { seed, numRuns: STEPS });
}
