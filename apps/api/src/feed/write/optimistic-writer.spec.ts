import { describe, expect, it } from '@jest/globals';
import { AppError } from '../../platform/errors/app-error.js';
import { type FeedService } from '../feed.service.js';
import { type Patch } from '../feed-kind.js';
import { OptimisticWriter, type OptimisticWrites } from './optimistic-writer.js';
import { type SessionWriter } from './session-writer.js';

const manager = { name: 'the transaction that holds the lock' };

/** A session in a cached state, and its states in the database: each write finds the next one. */
function create({ remembered, stored }: { remembered: string; stored: string[] }) {
  const story: string[] = [];
  const sessions = {
    writeMany: async (ids: string[], work: (writes: never[], given: unknown) => Promise<unknown>) => {
      story.push(`lock ${ids.join()}`);
      const result = await work([], manager);
      story.push('commit');
      return { result };
    },
  };
  const feed = { publish: ({ version }: Patch) => story.push(`publish ${version}`) };
  const kind: OptimisticWrites<string, string, string> = {
    recall: () => Promise.resolve(remembered),
    reread: (_, on) => {
      expect(on).toBe(manager);
      story.push(`read ${stored[0]}`);
      return Promise.resolve(stored[0]!);
    },
    sessionsOf: () => ['talk'],
    write: (writes, grounds, on) => {
      if (stored.length > 1) stored.shift();
      story.push(`${on ? 'write under the lock' : 'write'} on ${grounds}`);
      if (grounds !== stored[0]) return Promise.resolve(null);
      const results = writes.map((write) => (write === 'late' ? new AppError('poll.not_open') : `${write} counted`));
      return Promise.resolve({
        results,
        patches: [{ sessionId: 'talk', from: 6, version: 7 }],
        afterCommit: () => story.push('after'),
      });
    },
  };
  const writer = new OptimisticWriter(sessions as unknown as SessionWriter, feed as unknown as FeedService);
  return { story, kind, commit: (writes: readonly string[]) => writer.commit(kind, writes) };
}

describe('OptimisticWriter', () => {
  it('writes once, without a lock of its own, where what is remembered holds, and publishes after that', async () => {
    const { story, commit } = create({ remembered: 'open', stored: ['open'] });
    expect(await commit(['a', 'late'])).toEqual(['a counted', expect.objectContaining({ code: 'poll.not_open' })]);
    expect(story).toEqual(['write on open', 'publish 7', 'after']);
  });

  it('judges again under the lock where it does not, and publishes after the commit only', async () => {
    const { story, commit } = create({ remembered: 'open', stored: ['closed'] });
    await commit(['a']);
    const underLock = ['lock talk', 'read closed', 'write under the lock on closed', 'commit'];
    expect(story).toEqual(['write on open', ...underLock, 'publish 7', 'after']);
  });

  it('tries twice under the lock: a deadline may pass between judging and writing', async () => {
    const { story, commit } = create({ remembered: 'draft', stored: ['open', 'open', 'closed'] });
    expect(await commit(['a'])).toEqual(['a counted']);
    expect(story.filter((line) => line.startsWith('write under the lock'))).toHaveLength(2);
  });

  it('fails, and publishes nothing, where the grounds move under the lock', async () => {
    const { story, commit } = create({ remembered: 'a', stored: ['b', 'c', 'd', 'e'] });
    await expect(commit(['x'])).rejects.toThrow('changed under the lock');
    expect(story.some((line) => line.startsWith('publish'))).toBe(false);
  });

  it('runs a transaction again that PostgreSQL rolled back for another one', async () => {
    const { kind, commit } = create({ remembered: 'open', stored: ['open'] });
    const { write } = kind;
    let failures = 2;
    kind.write = (...given) =>
      failures-- > 0 ? Promise.reject(Object.assign(new Error('deadlock'), { code: '40P01' })) : write(...given);
    expect(await commit(['a'])).toEqual(['a counted']);
  });

  it('returns the results though publishing fails: they are committed', async () => {
    const { kind, commit } = create({ remembered: 'open', stored: ['open'] });
    const { write } = kind;
    kind.write = async (...given) => ({
      ...(await write(...given))!,
      afterCommit: () => {
        throw new Error('no bus');
      },
    });
    expect(await commit(['a'])).toEqual(['a counted']);
  });
});
