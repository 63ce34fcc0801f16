import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { AppError } from '../../platform/errors/app-error.js';
import { GroupCommit, type GroupCommitOptions } from './group-commit.js';

type Commit = GroupCommitOptions<string, string>['commit'];

const echo: Commit = (writes) => Promise.resolve(writes.map((write) => `${write} done`));
const lostConnection = Object.assign(new Error('gone'), { code: 'ECONNRESET' });

function create(commit: Commit, options: Partial<GroupCommitOptions<string, string>> = {}) {
  const batches: string[][] = [];
  const group = new GroupCommit<string, string>({
    commit: (writes) => {
      batches.push([...writes]);
      return commit(writes);
    },
    windowMs: 0,
    ...options,
  });
  return { group, batches };
}

/** A commit that waits until the test releases it. */
function held() {
  let letGo = () => {};
  const gate = new Promise<void>((resolve) => (letGo = resolve));
  const commit: Commit = async (writes) => {
    await gate;
    return echo(writes);
  };
  return { commit, letGo };
}

const outcomes = async (writes: readonly Promise<string>[]) =>
  (await Promise.allSettled(writes)).map((outcome) =>
    outcome.status === 'fulfilled' ? outcome.value : (outcome.reason as Error),
  );

describe('GroupCommit', () => {
  it('puts writes that arrive together into one transaction, in order of arrival', async () => {
    const { group, batches } = create(echo);
    expect(await outcomes(['a', 'b', 'c'].map((write) => group.write(write)))).toEqual(['a done', 'b done', 'c done']);
    expect(batches).toEqual([['a', 'b', 'c']]);
  });

  it('has one transaction in flight and gathers what arrives meanwhile', async () => {
    const { commit, letGo } = held();
    const { group, batches } = create(commit);
    const first = group.write('a');
    await new Promise((resolve) => setTimeout(resolve, 5));
    const others = [group.write('b'), group.write('c')];
    expect(batches).toEqual([['a']]);
    letGo();
    await Promise.all([first, ...others]);
    expect(batches).toEqual([['a'], ['b', 'c']]);
  });

  it('answers nothing before the commit (G6)', async () => {
    const { commit, letGo } = held();
    const { group } = create(commit);
    let isAnswered = false;
    const write = group.write('a').then(() => (isAnswered = true));
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(isAnswered).toBe(false);
    letGo();
    await write;
  });

  it('keeps a transaction to its size', async () => {
    const { group, batches } = create(echo, { batchSize: 2 });
    await outcomes(['a', 'b', 'c', 'd', 'e'].map((write) => group.write(write)));
    expect(batches.map((batch) => batch.length)).toEqual([2, 2, 1]);
  });

  it('refuses with busy and a time to come back when the queue is full, and takes writes again afterwards', async () => {
    const { group } = create(echo, { queueSize: 2 });
    const [a, b, refused] = await outcomes(['a', 'b', 'c'].map((write) => group.write(write)));
    expect([a, b]).toEqual(['a done', 'b done']);
    expect(refused).toMatchObject({ code: 'busy', retryAfter: 1 });
    await expect(group.write('d')).resolves.toBe('d done');
  });

  it('gives each write its own refusal', async () => {
    const { group } = create((writes) =>
      Promise.resolve(writes.map((write) => (write === 'b' ? new AppError('not_found') : write))),
    );
    const [a, b, c] = await outcomes(['a', 'b', 'c'].map((write) => group.write(write)));
    expect([a, c]).toEqual(['a', 'c']);
    expect(b).toMatchObject({ code: 'not_found' });
  });

  it('does not let a write that breaks the transaction fail its neighbours', async () => {
    const { group, batches } = create((writes) =>
      writes.includes('poison') ? Promise.reject(new Error('broken')) : echo(writes),
    );
    const answers = await outcomes(['a', 'b', 'poison', 'c', 'd'].map((write) => group.write(write)));
    expect(answers.filter((answer) => typeof answer === 'string')).toEqual(['a done', 'b done', 'c done', 'd done']);
    expect(answers[2]).toMatchObject({ message: 'broken' });
    expect(batches.length).toBeLessThan(8);
  });

  it('tells everybody of a lost database at once instead of trying again', async () => {
    const { group, batches } = create(() => Promise.reject(lostConnection));
    const answers = await outcomes(['a', 'b', 'c'].map((write) => group.write(write)));
    expect(answers).toEqual([lostConnection, lostConnection, lostConnection]);
    expect(batches).toHaveLength(1);
  });

  it('goes on after a failed transaction', async () => {
    let isDown = true;
    const { group } = create((writes) => (isDown ? Promise.reject(lostConnection) : echo(writes)));
    await expect(group.write('a')).rejects.toBe(lostConnection);
    isDown = false;
    await expect(group.write('a')).resolves.toBe('a done');
  });

  it('never leaves a write without a result', async () => {
    const { group } = create(() => Promise.resolve([]));
    await expect(group.write('a')).rejects.toThrow('no result for a write');
  });

  it('waits for company as long as its window, and no longer once the batch is full', async () => {
    const { group, batches } = create(echo, { windowMs: 5_000, batchSize: 2 });
    const writes = [group.write('a')];
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(batches).toEqual([]);
    await Promise.all([...writes, group.write('b')]);
    expect(batches).toEqual([['a', 'b']]);
  });

  it('refuses with busy, unwritten, who waits too long behind a transaction that hangs (G6)', async () => {
    const { commit, letGo } = held();
    const { group, batches } = create(commit, { patienceMs: 40 });
    const first = group.write('a');
    await new Promise((resolve) => setTimeout(resolve, 5));
    await expect(group.write('late')).rejects.toMatchObject({ code: 'busy', retryAfter: 1 });
    expect(group.waiting).toBe(0);
    letGo();
    await expect(first).resolves.toBe('a done');
    expect(batches).toEqual([['a']]);
    await expect(group.write('b')).resolves.toBe('b done');
  });

  it('counts what it does', async () => {
    const { group } = create((writes) => (writes.length > 1 ? Promise.reject(new Error('broken')) : echo(writes)), {
      queueSize: 2,
    });
    await outcomes(['a', 'b', 'c'].map((write) => group.write(write)));
    expect(group.counters).toMatchObject({ batches: 3, writes: 4, busy: 1, halvings: 1 });
  });

  it('leaves the locks to others between two transactions, and takes who came meanwhile together (QUE-31)', async () => {
    const times: number[][] = [];
    const commit = async (writes: readonly string[]) => {
      const began = performance.now();
      await pause(5);
      times.push([writes.length, began, performance.now()]);
      return writes.map((write) => `${write} done`);
    };
    const group = new GroupCommit<string, string>({ commit, windowMs: 1, restMs: 50, batchSize: 2 });
    await outcomes(Array.from({ length: 6 }, (_, n) => group.write(String(n))));
    expect(times.map(([size]) => size)).toEqual([2, 2, 2]);
    const rests = times.slice(1).map(([, began], n) => began! - times[n]![2]!);
    for (const rest of rests) expect(rest).toBeGreaterThanOrEqual(48);
  });
});
