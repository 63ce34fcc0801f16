import 'reflect-metadata';
import { type ListenOptions } from 'node:net';
import { type NestExpressApplication } from '@nestjs/platform-express';
import { within } from '#libs/bus/within';
import { log } from './platform/logging/log.js';
import { type Config } from './config/config.js';
import { createApp } from './create-app.js';
import { prepareDatabase } from './platform/database/prepare-database.js';
import { claimNode } from './platform/cluster/node-lease.js';
import { PrimaryLine } from './platform/cluster/primary-line.js';

/**
 * Connections that wait in the kernel until this process accepts them: as many as `net.core.somaxconn` allows. Where there is no room the
 * kernel drops them silently, and their clients wait for TCP's retransmissions: one second, three, seven.
 */
const BACKLOG = 65_535;

/**
 * A stop in ms: by then every client got `connection:closing`, and its acks where there are any. The rest waits for a PostgreSQL or
 * LiveKit that hangs, and ends with the process.
 */
const STOP = 7_000;

/** Runs a node that is one process; returns how to stop it. */
export async function runNode(config: Config) {
  const releaseNode = await claimNode(config);
  await prepareDatabase(config);
  const app = await createApp(config);
  await open(app, config);
  log.info({ url: config.publicUrl }, 'the hub is open');
  const renew = () => Promise.resolve(log.warn('there are no workers to renew: this node is one process'));
  return { stop: () => leave(app.close().finally(releaseNode)), renew };
}

/** Runs one worker of a node: the primary holds the node's lease, and decides when the port opens. */
export async function runWorker(config: Config) {
  log.setBindings({ worker: config.PLENUM_WORKER });
  await prepareDatabase(config);
  const app = await createApp(config);
  await app.init();
  const primary = new PrimaryLine();
  await primary.untilAllPrepared();
  await open(app, config);
  primary.send({ word: 'listening' });
  const stop = () => {
    app.getHttpServer().close(); // from here on the other workers get the new connections
    return leave(app.close());
  };
  return { stop, renew: () => Promise.resolve() };
}

async function leave(closed: Promise<void>): Promise<void> {
  if (!(await within(STOP, closed))) log.warn('the hub stops without waiting for a server that does not answer');
}

/** Nest passes the arguments on to Node's own `listen`, although its types have only a port and a host. */
function open(app: NestExpressApplication, { PORT, HOST }: Config) {
  const where: ListenOptions = { port: PORT, host: HOST, backlog: BACKLOG };
  return app.listen(where as unknown as number);
}
