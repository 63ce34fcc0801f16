import { LatestWinsQueue } from './latest-wins-queue.js';

function tasks() {
  const started: string[] = [];
  const ends = new Map<string, { resolve: (value: string) => void; reject: (error: Error) => void }>();
  const task = (name: string) => () => {
    started.push(name);
    return new Promise<string>((resolve, reject) => ends.set(name, { resolve, reject }));
  };
  return {
    started,
    task,
    end: (name: string) => ends.get(name)!.resolve(name),
    fail: (name: string) => ends.get(name)!.reject(new Error(name)),
  };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('LatestWinsQueue', () => {
  it('runs one task per key at a time and, of those that waited, only the newest', async () => {
    const wishes = new LatestWinsQueue();
    const { started, task, end } = tasks();
    const first = wishes.run('q', task('on'));
    const second = wishes.run('q', task('off'));
    const third = wishes.run('q', task('on again'));
    expect(started).toEqual(['on']);
    end('on');
    await settled();
    expect(started).toEqual(['on', 'on again']);
    end('on again');
    expect(await Promise.all([first, second, third])).toEqual(['on', 'on again', 'on again']);
  });

  it('goes on after a failure, and tells it only to whom it happened', async () => {
    const wishes = new LatestWinsQueue();
    const { task, end, fail } = tasks();
    const first = wishes.run('q', task('on'));
    const second = wishes.run('q', task('off'));
    fail('on');
    await expect(first).rejects.toThrow('on');
    await settled();
    end('off');
    expect(await second).toBe('off');
  });

  it('lets different keys run side by side, and starts at once when a key is free again', async () => {
    const wishes = new LatestWinsQueue();
    const { started, task, end } = tasks();
    void wishes.run('a', task('a'));
    void wishes.run('b', task('b'));
    expect(started).toEqual(['a', 'b']);
    end('a');
    await settled();
    void wishes.run('a', task('a2'));
    expect(started).toEqual(['a', 'b', 'a2']);
  });
});
