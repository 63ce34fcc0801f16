import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import { TokenService } from '../../../apps/api/src/identity/tokens/token.service.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';
import { lines } from '../../support/clients/raw-connection.js';

let hub: TestHub;
let token: string;
const sockets: Socket[] = [];
const open = lines();
beforeAll(async () => {
  hub = await startHub();
  token = (await hub.app.get(TokenService).sign((await hub.make.actor()).id)).token;
}, 60_000);
afterEach(() => {
  open.close();
  sockets.splice(0).forEach((socket) => socket.disconnect());
});
afterAll(() => hub?.close());

/** 'connected', or the code of the refusal; a refused upgrade has no code but the transport's. */
function connecting(options: Partial<ManagerOptions & SocketOptions>): Promise<string> {
  const socket = io(hub.url, { transports: ['websocket'], reconnection: false, forceNew: true, ...options });
  sockets.push(socket);
  return new Promise((resolve) => {
    socket.once('connect', () => resolve('connected'));
    socket.once('connect_error', (error) =>
      resolve((error as { data?: { code: string } }).data?.code ?? error.message),
    );
  });
}

describe('a connection', () => {
  it('opens with the token, as Bearer or as the cookie of an allowed page (AUTH-5, AUTH-6)', async () => {
    expect(await connecting({ auth: { token } })).toBe('connected');
    expect(await connecting({ extraHeaders: { authorization: `Bearer ${token}` } })).toBe('connected');
    expect(await connecting({ extraHeaders: { cookie: `plenum=${token}`, origin: hub.url } })).toBe('connected');
  });

  it('is refused without a token, with a wrong one and with anything that is none (AUTH-4, AUTH-13, SEC-4, SEC-15)', async () => {
    expect(await connecting({})).toBe('auth.required');
    expect(await connecting({ query: { token } })).toBe('auth.required');
    for (const wrong of ['', 'x', {}, [token], 7, true, 'x'.repeat(20_000)])
      expect([wrong, await connecting({ auth: { token: wrong } })]).toEqual([wrong, 'auth.invalid']);
    const stale = (await hub.app.get(TokenService).sign((await hub.make.actor()).id, new Date(0))).token;
    expect(await connecting({ auth: { token: stale } })).toBe('auth.expired');
  });

  it('that is refused ends at once, also of a client that does not leave by itself (FEED-15)', async () => {
    const began = performance.now();
    const heard = async (packet: string) => {
      const line = await open.line(hub.url);
      (line.socket as unknown as { close: () => void }).close = () => undefined; // answers no goodbye
      line.write(packet);
      await line.closed;
      return line.heard.at(-1);
    };
    expect(await heard('40{"token":"wrong"}')).toMatch(/^44.*auth.invalid/);
    expect(await heard('40{}')).toMatch(/^44.*auth.required/);
    expect(await heard('40/admin,{}')).toBe('44/admin,{"message":"Invalid namespace"}');
    expect(performance.now() - began).toBeLessThan(15_000); // they had twenty seconds each
  }, 70_000);

  it('that is refused gives a real client the reason, once, which then does not reconnect (FEED-15)', async () => {
    for (let n = 0; n < 20; n++) {
      const socket = io(hub.url, { transports: ['websocket'], forceNew: true, auth: { token: 'wrong' } });
      sockets.push(socket);
      const heard: string[] = [];
      socket.on('connect_error', (error) =>
        heard.push((error as { data?: { code: string } }).data?.code ?? error.message),
      );
      socket.io.on('reconnect_attempt', () => heard.push('comes back'));
      await new Promise((resolve) => socket.io.once('close', resolve));
      expect([heard, socket.active]).toEqual([['auth.invalid'], false]);
    }
  });

  it('is cut when its token is a megabyte, before anybody looks at it (SEC-4)', async () => {
    const line = await open.line(hub.url);
    line.write(`40${JSON.stringify({ token: 'x'.repeat(1_000_000) })}`);
    expect(await line.closed).toBe(1009);
    expect(line.heard.some((packet) => packet.startsWith('4'))).toBe(false);
  });

  it('never falls back to the cookie when it is given a wrong token (AUTH-5)', async () => {
    const extraHeaders = { cookie: `plenum=${token}`, origin: hub.url };
    expect(await connecting({ auth: { token: 'wrong' }, extraHeaders })).toBe('auth.invalid');
    expect(await connecting({ extraHeaders: { ...extraHeaders, authorization: 'Bearer wrong' } })).toBe('auth.invalid');
  });

  it('is refused to a foreign page at the upgrade, whatever it carries (AUTH-6, SEC-1, SEC-3)', async () => {
    for (const origin of ['https://evil.example', 'null', `${hub.url}.evil.example`])
      for (const cookie of ['', `plenum=${token}`])
        expect(await connecting({ auth: { token }, extraHeaders: { origin, cookie } })).toBe('websocket error');
    expect(await connecting({ extraHeaders: { cookie: `plenum=${token}` } })).toBe('websocket error');
  });

  it('has to change a given password first, over HTTP (AUTH-10)', async () => {
    const account = await hub.make.actor({
      event_id: null,
      kind: 'account',
      role: 'organiser',
      login: 'new',
      password_hash: 'x',
      must_change_password: true,
    });
    const given = (await hub.app.get(TokenService).sign(account.id)).token;
    expect(await connecting({ auth: { token: given } })).toBe('auth.password_change_required');
  });
});
