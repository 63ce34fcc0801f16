import 'reflect-metadata';
import { log } from './common/log.js';
import { ConfigError, loadConfig } from './config.js';
import { createApp } from './create-app.js';
import { prepareDatabase } from './database/prepare-database.js';
import { claimNode } from './database/single-node.js';

/** A stop that takes longer than this is cut short, in ms. */
const STOP_DEADLINE = 10_000;

async function main() {
  const config = loadConfig();
  const releaseNode = await claimNode(config);
  await prepareDatabase(config);
  const app = await createApp(config);
  await app.listen(config.PORT, config.HOST);
  log.info({ url: config.publicUrl }, 'the hub is open');
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void stop(() => app.close().finally(releaseNode)));
}

async function stop(close: () => Promise<void>) {
  setTimeout(() => process.exit(1), STOP_DEADLINE).unref();
  await close();
  process.exit(0);
}

process.on('unhandledRejection', (error) => log.error({ err: error }, 'a rejection was not handled'));

main().catch((error: unknown) => {
  if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`);
  else log.fatal({ err: error }, 'the hub could not start');
  process.exitCode = 1;
  setTimeout(() => process.exit(1), 500).unref();
});
