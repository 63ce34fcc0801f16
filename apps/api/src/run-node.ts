import 'reflect-metadata';
import { log } from './common/log.js';
import { type Config } from './config.js';
import { createApp } from './create-app.js';
import { prepareDatabase } from './database/prepare-database.js';
import { claimNode } from './database/single-node.js';
import { PrimaryLine } from './workers/primary-line.js';

/** Runs a node that is one process; answers how to stop it. */
export async function runNode(config: Config) {
  const releaseNode = await claimNode(config);
  await prepareDatabase(config);
  const app = await createApp(config);
  await app.listen(config.PORT, config.HOST);
  log.info({ url: config.publicUrl }, 'the hub is open');
  const renew = () => Promise.resolve(log.warn('there are no workers to renew: this node is one process'));
  return { stop: () => app.close().finally(releaseNode), renew };
}

/** Runs one worker of a node: the primary holds the node's place, and says when the port may open. */
export async function runWorker(config: Config) {
  log.setBindings({ worker: config.PLENUM_WORKER });
  await prepareDatabase(config);
  const app = await createApp(config);
  await app.init();
  const primary = new PrimaryLine();
  await primary.untilAllPrepared();
  await app.listen(config.PORT, config.HOST);
  primary.send({ word: 'listening' });
  const stop = () => {
    app.getHttpServer().close(); // from here on the other workers get the new connections
    return app.close();
  };
  return { stop, renew: () => Promise.resolve() };
}
