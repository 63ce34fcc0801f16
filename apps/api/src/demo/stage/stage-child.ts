import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type StageInvitation } from './stage-messages.js';

const MAIN = fileURLToPath(new URL('./stage-process.js', import.meta.url));
/** Of the heap, in MB; the process itself checks the rest. */
const HEAP = 96;
const PATIENCE_MS = 3_000;

/** One process of the synthetic speaker. */
export class StageChild {
  private readonly child: ChildProcess;
  /** Its exit code; null when it was ended by a signal. */
  readonly ended: Promise<number | null>;

  constructor(invitation: StageInvitation) {
    this.child = fork(MAIN, [], {
      env: {},
      execArgv: [`--max-old-space-size=${HEAP}`],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.ended = new Promise((resolve) => {
      this.child.once('error', () => resolve(null));
      this.child.once('exit', resolve);
    });
    this.child.send(invitation, () => undefined); // a process that could not start reports it in `ended`
  }

  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), PATIENCE_MS);
    await this.ended;
    clearTimeout(timer);
  }
}
