import { log } from './platform/logging/log.js';
import { type Config, ConfigError, loadConfig } from './config/config.js';

/** A stop that takes longer than this is aborted, in ms; the primary waits for its workers, which are aborted themselves. */
const STOP_DEADLINE = { process: 10_000, primary: 20_000 };

async function main() {
  const config = loadConfig();
  const isPrimary = config.WORKERS > 1 && config.PLENUM_WORKER === undefined;
  const { stop, renew } = await run(config, isPrimary);
  process.on(
    'SIGUSR2',
    () => void renew().catch((error: unknown) => log.error({ err: error }, 'not all were renewed')),
  );
  let ending: Promise<void> | undefined;
  // A Ctrl-C is sent to the workers too, and then their primary stops them once more.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => void (ending ??= end(stop, isPrimary ? STOP_DEADLINE.primary : STOP_DEADLINE.process)));
}

/** Only the needed modules are loaded: the primary stays small. */
async function run(config: Config, isPrimary: boolean) {
  if (isPrimary) return (await import('./platform/cluster/run-primary.js')).runPrimary(config);
  const { runNode, runWorker } = await import('./run-node.js');
  return config.PLENUM_WORKER === undefined ? runNode(config) : runWorker(config);
}

async function end(stop: () => Promise<void>, deadline: number) {
  setTimeout(() => process.exit(1), deadline).unref();
  await stop();
  process.exit(0);
}

process.on('unhandledRejection', (error) => log.error({ err: error }, 'a rejection was not handled'));

main().catch((error: unknown) => {
  if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`);
  else if (error instanceof Error && error.name === 'WorkerEnded')
    log.debug({ err: error }); // it has printed the reason itself
  else log.fatal({ err: error }, 'the hub could not start');
  process.exitCode = 1;
  setTimeout(() => process.exit(1), 500).unref();
});
