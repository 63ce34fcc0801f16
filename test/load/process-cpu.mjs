import { readdirSync, readFileSync } from 'node:fs';

/** The processes that live now, by their parents. */
export function childrenOfAll() {
  const children = new Map();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry)))
    children.set(parentOf(name), [...(children.get(parentOf(name)) ?? []), Number(name)]);
  return children;
}

const statOf = (pid) => {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  } catch {
    return null; // it has ended
  }
};
const parentOf = (pid) => Number(statOf(pid)?.[1]);

/** CPU seconds of a process so far, with those of its children, ended or not. */
export function cpuOf(pid, children = childrenOfAll()) {
  const stat = statOf(pid);
  const own = stat ? stat.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / 100 : 0;
  return (children.get(pid) ?? []).reduce((sum, child) => sum + cpuOf(child, children), own);
}
