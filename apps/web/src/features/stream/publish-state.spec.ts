import { describe, expect, it } from '@jest/globals';
import { deviceProblem, deviceState, endOf, presenceOf, refusalProblem, replacementsFor } from './publish-state.js';

const named = (name: string) => Object.assign(new Error('no'), { name });

describe('problems of going on air (STR-14)', () => {
  it('tells a refused permission, a missing device and one in use apart', () => {
    expect(deviceProblem(named('NotAllowedError'))).toBe('denied');
    expect(deviceProblem(named('NotFoundError'))).toBe('no-device');
    expect(deviceProblem(named('NotReadableError'))).toBe('in-use');
    expect(deviceProblem(named('SomethingNew'))).toBe('device');
    expect(deviceProblem('no error at all')).toBe('device');
  });

  it('comes back after a loss, not after another window took over or a moderator removed them (STR-5)', () => {
    expect(endOf(2)).toBe('elsewhere');
    expect(endOf(4)).toBe('removed');
    expect(endOf(4, { 'plenum.ended': 'elsewhere' })).toBe('elsewhere');
    expect(endOf(4, { 'plenum.ended': 'x', elsewhere: 'elsewhere' })).toBe('removed');
    expect(endOf(3)).toBeNull();
    expect(endOf(undefined)).toBeNull();
  });

  it('returns that a person may not publish, and that an unreachable stream may recover', () => {
    expect(refusalProblem('forbidden')).toBe('not-allowed');
    expect(refusalProblem('stream.preparing')).toBe('unreachable');
    expect(refusalProblem('offline')).toBe('unreachable');
  });
});

describe('what a page says about devices (STR-35)', () => {
  const facts = { isOff: false, isLost: false, isMutedBySystem: false };

  it('tells a device that ended or was muted by the system from one that was switched off', () => {
    expect(deviceState(null)).toBe('missing');
    expect(deviceState(facts)).toBe('on');
    expect(deviceState({ ...facts, isOff: true })).toBe('off');
    expect(deviceState({ ...facts, isMutedBySystem: true })).toBe('silent');
    expect(deviceState({ ...facts, isMutedBySystem: true, isOff: true })).toBe('off');
    expect(deviceState({ isLost: true, isOff: true, isMutedBySystem: true })).toBe('ended');
  });

  it('states that everybody sees and hears the person only while both devices send', () => {
    expect(presenceOf({ camera: 'on', microphone: 'on' })).toBe('both');
    for (const state of ['off', 'silent', 'ended', 'missing'] as const) {
      expect(presenceOf({ camera: 'on', microphone: state })).toBe('picture');
      expect(presenceOf({ camera: state, microphone: 'on' })).toBe('sound');
      expect(presenceOf({ camera: state, microphone: state })).toBe('nothing');
    }
    expect(presenceOf({ camera: 'off', microphone: 'on' }, true)).toBe('both');
  });

  it('offers at most three devices in place of one that ended, its own first (STR-36)', () => {
    const devices = ['a', 'b', 'c', 'd'].map((id) => ({ id, label: id }));
    expect(replacementsFor(devices, 'c').map(({ id }) => id)).toEqual(['c', 'a', 'b']);
    expect(replacementsFor(devices.slice(0, 1), 'gone').map(({ id }) => id)).toEqual(['a']);
    expect(replacementsFor([], 'gone')).toEqual([]);
  });
});
