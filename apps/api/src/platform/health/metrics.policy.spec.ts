import { type IncomingMessage } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { canReadMetrics } from './metrics.policy.js';

const TOKEN = 'a-token-of-the-settings';
const call = (remoteAddress: string, headers: IncomingMessage['headers'] = {}) =>
  ({ headers, socket: { remoteAddress } }) as Pick<IncomingMessage, 'headers' | 'socket'>;

describe('metrics', () => {
  it.each(['127.0.0.1', '::1', '::ffff:127.0.0.1', '::ffff:7f00:1'])(
    'are open to a direct call from %s (START-11)',
    (address) => {
      expect(canReadMetrics(call(address))).toBe(true);
    },
  );

  it.each(['', '10.0.0.7', '192.168.1.2', '::ffff:10.0.0.7', '2001:db8::1'])(
    'are closed to %s (START-11)',
    (address) => {
      expect(canReadMetrics(call(address))).toBe(false);
    },
  );

  it('are closed to a stranger behind a proxy on this machine (START-11)', () => {
    expect(canReadMetrics(call('127.0.0.1', { 'x-forwarded-for': '203.0.113.9' }))).toBe(false);
  });

  it('are open to the token of the settings from anywhere (START-11)', () => {
    expect(canReadMetrics(call('10.0.0.7', { authorization: `Bearer ${TOKEN}` }), TOKEN)).toBe(true);
  });

  it('are closed to a wrong token, and to any when there is none in the settings (START-11)', () => {
    expect(canReadMetrics(call('10.0.0.7', { authorization: 'Bearer wrong' }), TOKEN)).toBe(false);
    expect(canReadMetrics(call('10.0.0.7', { authorization: 'Bearer wrong' }))).toBe(false);
  });
});
