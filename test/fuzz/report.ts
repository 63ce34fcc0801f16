import { type Heard } from './attacker-line.js';
import { type Step } from './steps.js';

export interface Memory {
  readonly heap: number;
  readonly rss: number;
}

/** The position of a step: the seed of its round makes it again. */
export interface Place {
  readonly seed: number;
  readonly attacker: number;
  readonly role: string;
  readonly step: number;
}

const FINDINGS_AT_MOST = 30;
const TEXT_AT_MOST = 600;

/** The steps and the findings of the fuzz. */
export class FuzzReport {
  readonly findings: string[] = [];
  rounds = 0;
  events = 0;
  p99 = { before: 0, during: 0 };
  memory: { before: Memory; after: Memory; atRest?: Memory } | null = null;
  private readonly kinds = new Map<string, number>();
  private readonly answers = new Map<string, number>();

  count(kind: string): void {
    this.events++;
    raise(this.kinds, kind);
  }

  /** Records how a step ended, and decides whether that is allowed. */
  judge(step: Step, heard: readonly Heard[], place: Place): void {
    this.count(step.kind);
    for (const each of heard) raise(this.answers, nameOf(each));
    const wrong = heard.find((each) => !isExpected(step, each));
    if (wrong !== undefined)
      this.find(`${step.kind}: expected ${step.expects}, heard ${nameOf(wrong)}`, place, step.text);
  }

  find(what: string, place?: Place, text = ''): void {
    if (this.findings.length >= FINDINGS_AT_MOST) return;
    const where = place && ` (--seed ${place.seed} --rounds 1, ${place.role} ${place.attacker}, step ${place.step})`;
    this.findings.push(`${what}${where ?? ''}${text && `\n    ${JSON.stringify(text.slice(0, TEXT_AT_MOST))}`}`);
  }

  toString(): string {
    const { rounds, events, p99, memory } = this;
    const mb = ({ heap, rss }: Memory) =>
      `${(heap / 2 ** 20).toFixed(1)} MB of heap, ${(rss / 2 ** 20).toFixed(0)} MB resident`;
    return [
      `${events} steps in ${rounds} rounds`,
      `steps by kind: ${list(this.kinds)}`,
      `answers: ${list(this.answers)}`,
      `a neighbour's ack p99: ${p99.before.toFixed(1)} ms before, ${p99.during.toFixed(1)} ms during`,
      memory ? `memory: ${mb(memory.before)} before; ${mb(memory.after)} after` : 'memory: not measured',
      ...(memory?.atRest ? [`memory at rest: ${mb(memory.atRest)}`] : []),
      ...this.findings.map((finding) => `FOUND ${finding}`),
    ].join('\n');
  }
}

function isExpected({ expects }: Step, heard: Heard): boolean {
  const isAnswer = typeof heard === 'object' && (heard.ok || heard.error.code !== 'internal');
  switch (expects) {
    case 'answer':
      return isAnswer;
    case 'error':
      return isAnswer && !heard.ok;
    case 'end':
      return heard === 'ended';
    case 'nothing':
      return isAnswer;
  }
}

const nameOf = (heard: Heard) => (typeof heard === 'string' ? heard : heard.ok ? 'ok' : heard.error.code);
const raise = (counts: Map<string, number>, name: string) => void counts.set(name, (counts.get(name) ?? 0) + 1);
const list = (counts: Map<string, number>) =>
  [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([name, n]) => `${name} ${n}`)
    .join(', ');
