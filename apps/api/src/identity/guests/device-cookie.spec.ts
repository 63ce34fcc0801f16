import { describe, expect, it } from '@jest/globals';
import { type Response } from 'express';
import { deviceCookieName, findDevice, hashOfDevice, newDevice, setDeviceCookie } from './device-cookie.js';

const production = { NODE_ENV: 'production' } as const;
const test = { NODE_ENV: 'test' } as const;

describe("a device's cookie", () => {
  it('belongs to this host and TLS in production, and no script reads it (AUTH-22, SEC-22)', () => {
    const set: unknown[] = [];
    const response = { cookie: (...args: unknown[]) => set.push(...args) } as unknown as Response;
    setDeviceCookie(response, production, 'value');
    expect(set.slice(0, 2)).toEqual(['__Host-plenum-device', 'value']);
    expect(set[2]).toMatchObject({ httpOnly: true, secure: true, sameSite: 'lax', path: '/' });
  });

  it('is read back, and nothing else is taken for it (AUTH-22)', () => {
    const device = newDevice();
    const found = (value: string) => findDevice({ cookie: `${deviceCookieName(test)}=${value}` }, test);
    expect(found(device)).toBe(device);
    expect([`${device}a`, device.slice(1), '', `${device.slice(1)}%20`].map(found)).toEqual(Array(4).fill(undefined));
    expect(findDevice({}, test)).toBeUndefined();
  });

  it('is another value in each event (AUTH-22)', () => {
    const device = newDevice();
    expect(hashOfDevice('one', device)).not.toEqual(hashOfDevice('other', device));
    expect(hashOfDevice('one', device)).toEqual(hashOfDevice('one', device));
  });
});
