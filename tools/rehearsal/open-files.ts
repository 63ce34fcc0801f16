import { readFileSync } from 'node:fs';
import { ExplainedError } from '../command/explained-error.js';

/** The most people that one process of the audience takes; fewer where it may not have as many files open. */
const PEOPLE_PER_PROCESS = 9_000;
const SPARE_FILES = 500;

/** Each connection is an open file, and the number of files that a process may open is limited. */
export function processesFor(people: number): number {
  const allowed = openFiles() - SPARE_FILES;
  if (allowed < 100)
    throw new ExplainedError(
      'This shell lets a process open too few files for an audience. Raise it first: ulimit -n 20000',
    );
  return Math.ceil(people / Math.min(PEOPLE_PER_PROCESS, allowed));
}

/** Node raises the limit to the hard one when it starts. Where it cannot be read, the audience finds out. */
function openFiles(): number {
  try {
    const limits = readFileSync('/proc/self/limits', 'utf8');
    return Number(/^Max open files +(\d+)/m.exec(limits)?.[1] ?? Infinity);
  } catch {
    return Infinity;
  }
}
