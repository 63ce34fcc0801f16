import { describe, expect, it } from '@jest/globals';
import { deviceProblem, endOf, refusalProblem } from './publish-state.js';

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

  it('says when somebody may not publish, and that a stream out of reach may come back', () => {
    expect(refusalProblem('forbidden')).toBe('not-allowed');
    expect(refusalProblem('stream.preparing')).toBe('unreachable');
    expect(refusalProblem('offline')).toBe('unreachable');
  });
});
