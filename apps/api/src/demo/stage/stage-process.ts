import { setPriority } from 'node:os';
import { Performance } from './performance.js';
import { loadRtcNode } from './rtc-node.js';
import { STAGE_EXIT, stageInvitation, type StageMessage } from './stage-messages.js';

/** Votes have priority over the picture of the demo. */
const NICE = 10;
/** Resident memory, in bytes, after which it restarts; 150 to 220 MB are usual, nearly all of it LiveKit's library. */
const MOST_MEMORY = 420e6;
const LOOK_MS = 5_000;

/** Disconnecting takes a moment; without it LiveKit would show the last picture for twenty seconds. */
const GOODBYE_MS = 1_500;

/** The process of the demo's speaker: it uses one invitation, and ends with its connection and with its parent. */
async function perform(given: unknown): Promise<void> {
  const rtc = await loadRtcNode();
  if (!rtc) process.exit(STAGE_EXIT.notInstalled);
  const tell = (message: StageMessage) => process.connected && process.send?.(message);
  const performance = new Performance(rtc, stageInvitation.parse(given), tell);
  leave = () => performance.end();
  await performance.run();
  process.exit(STAGE_EXIT.ended);
}

let leave = (): void => process.exit(STAGE_EXIT.ended);
function goodbye(): void {
  setTimeout(() => process.exit(STAGE_EXIT.ended), GOODBYE_MS);
  leave();
}

setPriority(NICE);
setInterval(() => process.memoryUsage.rss() > MOST_MEMORY && goodbye(), LOOK_MS).unref();
process.once('disconnect', goodbye);
process.once('SIGTERM', goodbye);
process.once('message', (given) => {
  perform(given).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(STAGE_EXIT.failed);
  });
});
