import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** So short that a process waits for its next turn no longer than for the kernel's own scheduler, in µs. */
const PERIOD = 5_000;
const ROOT = '/sys/fs/cgroup';

/**
 * Gives a process at most this share of a core, by a control group of the Linux kernel: so that several together do not need more cores
 * than there are. Returns how to undo it. Needs root.
 */
export function limitCpu(pid, share) {
  const quota = Math.round(PERIOD * share);
  const isFirstVersion = existsSync(join(ROOT, 'cpu/cpu.cfs_quota_us'));
  const group = join(ROOT, isFirstVersion ? 'cpu' : '', `plenum-bench-${pid}`);
  try {
    if (!isFirstVersion) writeFileSync(join(ROOT, 'cgroup.subtree_control'), '+cpu');
    mkdirSync(group);
    if (isFirstVersion) {
      writeFileSync(join(group, 'cpu.cfs_period_us'), String(PERIOD));
      writeFileSync(join(group, 'cpu.cfs_quota_us'), String(quota));
    } else writeFileSync(join(group, 'cpu.max'), `${quota} ${PERIOD}`);
    writeFileSync(join(group, 'cgroup.procs'), String(pid));
  } catch (cause) {
    throw new Error('workers are compared at equal shares of a core, which takes the right to make control groups', {
      cause,
    });
  }
  return () => rmdirSync(group);
}
