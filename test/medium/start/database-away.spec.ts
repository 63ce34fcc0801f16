import { expect, it, jest } from '@jest/globals';
import { startHub } from '../../support/hub/hub.js';
import { startPostgresServer } from '../../support/servers/postgres.js';
import { until } from '../../support/until.js';

jest.setTimeout(60_000);

it('is not ready but live while PostgreSQL is stopped, and recovers alone (START-10)', async () => {
  const server = await startPostgresServer();
  const hub = await startHub({ env: { DATABASE_URL: server.url } });
  const status = async (path: string) => (await fetch(hub.url + path)).status;
  try {
    expect(await status('/api/health/ready')).toBe(200);
    await server.pause();
    const asked = Date.now();
    expect(await status('/api/health/ready')).toBe(503);
    expect(Date.now() - asked).toBeLessThan(4_000);
    expect(await status('/api/health/live')).toBe(200);
    await server.resume();
    await until('a node that is ready again', async () => (await status('/api/health/ready')) === 200);
    await server.kill();
    expect(await status('/api/health/ready')).toBe(503);
    await server.restart();
    await until(
      'a node that is ready after a restart of PostgreSQL',
      async () => (await status('/api/health/ready')) === 200,
    );
  } finally {
    await server.resume().catch(() => undefined); // it has ended where the test came to its end
    await hub.close();
    await server.stop();
  }
});
