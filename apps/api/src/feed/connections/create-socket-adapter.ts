import { type NestExpressApplication } from '@nestjs/platform-express';
import { SocketAdapter } from '#libs/socket-server/socket-adapter';
import { Metrics } from '../../platform/metrics/metrics.js';
import { DirectMessages } from './direct-messages.js';
import { type SignedInConnection, SocketAdmission } from './socket-admission.js';
import { observeAcks, watchSockets } from './socket-metrics.js';

/** Socket.IO with this hub's sign-in, origins, limits and metrics. */
export function createSocketAdapter(app: NestExpressApplication): SocketAdapter<SignedInConnection> {
  const metrics = app.get(Metrics);
  const adapter = new SocketAdapter(app, app.get(SocketAdmission), {
    direct: app.get(DirectMessages),
    observe: observeAcks(metrics),
  });
  watchSockets(metrics, adapter);
  return adapter;
}
