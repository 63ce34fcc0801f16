import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { ImportThread } from '../../../apps/api/src/programme/import/import-thread.js';

/** The niceness of each thread of this process, from the 19th field of its stat. */
const priorities = () =>
  new Map(
    readdirSync('/proc/self/task').map((id) => {
      const fields = readFileSync(`/proc/self/task/${id}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
      return [Number(id), Number(fields[16])];
    }),
  );

const onLinux = process.platform === 'linux' ? it : it.skip;
let thread: ImportThread;
beforeAll(() => void (thread = new ImportThread()));
afterAll(() => thread.onApplicationShutdown());

onLinux('an import runs with a lower priority than the votes beside it (IMP-41)', async () => {
  const before = priorities();
  const file = new TextEncoder().encode('{}');
  await expect(thread.run('event', file, () => Promise.resolve())).rejects.toMatchObject({ code: 'schedule.unusable' });
  const after = priorities();
  const started = [...after].filter(([id]) => !before.has(id)).map(([, niceness]) => niceness);
  expect(started).toContain(before.get(process.pid)! + 5);
  expect(after.get(process.pid)).toBe(before.get(process.pid));
});
