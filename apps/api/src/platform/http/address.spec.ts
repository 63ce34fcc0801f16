import { type Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { addressOf } from './address.js';

const address = (remoteAddress: string | undefined, trusted: number, forwarded?: string) =>
  addressOf({ headers: { 'x-forwarded-for': forwarded }, socket: { remoteAddress } as Socket }, trusted);

describe('an address', () => {
  it('is never taken from what a client writes (ERR-4, SEC-10)', () => {
    expect(address('203.0.113.9', 0, '10.0.0.1')).toBe('203.0.113.9');
    expect(address('10.0.0.1', 1, '1.1.1.1, 203.0.113.9')).toBe('203.0.113.9');
    expect(address('10.0.0.1', 2, '1.1.1.1, 203.0.113.9, 10.0.0.2')).toBe('203.0.113.9');
    expect(address('10.0.0.1', 1, 'nonsense, 203.0.113.9')).toBe('203.0.113.9');
    expect(address('10.0.0.1', 1)).toBe('10.0.0.1');
    expect(address(undefined, 0)).toBe('unknown');
  });

  it('is that of a proxy which says nothing of use, and never one that stands further left (ERR-4, SEC-10)', () => {
    expect(address('10.0.0.1', 1, '1.1.1.1, nonsense')).toBe('10.0.0.1');
    expect(address('10.0.0.1', 1, '1.1.1.1,')).toBe('10.0.0.1');
    for (const short of ['1', '1.1', '0x1.1.1.1', '01.1.1.1', '1.1.1.1/8'])
      expect(address('10.0.0.1', 1, `1.1.1.1, ${short}`)).toBe('10.0.0.1');
    expect(address('10.0.0.1', 1, '')).toBe('10.0.0.1');
    expect(address('10.0.0.1', 2, '1.1.1.1, unknown, 10.0.0.2')).toBe('10.0.0.2');
    expect(address('10.0.0.1', 2, '1.1.1.1, unknown, _hidden')).toBe('10.0.0.1');
    expect(address('10.0.0.1', 2, '203.0.113.9')).toBe('203.0.113.9');
  });

  it('is the same whichever port a proxy names beside it (ERR-4, SEC-10)', () => {
    expect(address('10.0.0.1', 1, '1.1.1.1, 203.0.113.9:4711')).toBe('203.0.113.9');
    expect(address('10.0.0.1', 1, '1.1.1.1, [2001:db8:0:1::5]:4711')).toBe('2001:db8:0:1::/64');
    expect(address('10.0.0.1', 1, '1.1.1.1, [2001:db8:0:1::5]')).toBe('2001:db8:0:1::/64');
    expect(address('10.0.0.1', 1, '1.1.1.1, [203.0.113.9]:x')).toBe('10.0.0.1');
  });

  it('is the network of one household (ERR-4)', () => {
    expect(address('::ffff:203.0.113.9', 0)).toBe('203.0.113.9');
    expect(address('::ffff:cb00:7109', 0)).toBe('203.0.113.9');
    expect(address('2001:db8:0:1:aaaa:bbbb:cccc:dddd', 0)).toBe('2001:db8:0:1::/64');
    expect(address('2001:0DB8::1', 0)).toBe('2001:db8:0:0::/64');
    expect(address('::1', 0)).toBe('0:0:0:0::/64');
    expect(address('fe80::1%eth0', 0)).toBe('fe80:0:0:0::/64');
  });
});
