import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Whether nothing listens on this port. @returns {Promise<boolean>} */
export function isPortFree(port, host = '127.0.0.1') {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** Below those that the kernel gives to outgoing connections, which would take a port between its choice and its use. */
const PORTS = { first: 10_000, count: 20_000 };
/** Each process begins elsewhere: of two that look at the same moment, neither is shown the other's choice as free. */
let nextPort = (process.pid * 211) % PORTS.count;

/** A port that was free a moment ago, and that no other process is about to choose. @returns {Promise<number>} */
export async function freePort(host = '127.0.0.1') {
  for (let tried = 0; tried < PORTS.count; tried++) {
    const port = PORTS.first + nextPort;
    nextPort = (nextPort + 1) % PORTS.count;
    if (await isPortFree(port, host)) return port;
  }
  throw new Error(`no port from ${PORTS.first} on is free`);
}

/** Keeps only the last `limit` characters of what a stream says, so that a child that talks for days costs no memory. */
export function tail(stream, limit = 8_000) {
  let text = '';
  stream?.setEncoding('utf8');
  stream?.on('data', (chunk) => (text = (text + chunk).slice(-limit)));
  return () => text.trim();
}

/** Commands that are running: they end with this process, which may leave while LiveKit is still being built. */
const commands = new Set();
process.once('exit', () => commands.forEach((child) => child.kill('SIGKILL')));

/**
 * Runs a command to its end. Never rejects for a non-zero exit: `code` is null when it could not be started or ran out of time.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions & { timeout?: number, show?: boolean }} [options]
 * @returns {Promise<{ code: number | null, output: string }>}
 */
export function run(command, args, { timeout = 60_000, show = false, ...options } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
      ...options,
    });
    commands.add(child);
    const out = tail(child.stdout);
    const err = tail(child.stderr);
    const timer = setTimeout(() => child.kill('SIGKILL'), timeout);
    const settle = (code, note = '') => {
      clearTimeout(timer);
      commands.delete(child);
      resolve({ code, output: [out(), err(), note].filter(Boolean).join('\n') });
    };
    child.once('error', (error) => settle(null, error.message));
    child.once('close', (code, signal) => settle(code, signal ? `ended by ${signal}` : ''));
  });
}

/** Asks a child to end with `signal`, and kills it when it has not within `patience` ms. */
export async function stop(child, signal = 'SIGTERM', patience = 10_000) {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), patience);
  await ended;
  clearTimeout(timer);
}

/** The command line of a running process, or null. Minimal images have no `ps`, macOS has no /proc. */
export function commandLine(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() || null;
  } catch {
    /* no /proc, or no such process */
  }
  try {
    return (
      execFileSync('ps', ['-o', 'args=', '-p', String(pid)], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }).trim() || null
    );
  } catch {
    return null;
  }
}

/** Whether `pid` runs and is really the process we mean: numbers are reused, so its command line must contain `mark`. */
export const isRunning = (pid, mark) => Boolean(pid && commandLine(pid)?.includes(mark));

/** Ends a process that is not our child, if it really is the one with this mark. */
export async function stopStranger(pid, mark, signal = 'SIGTERM', patience = 10_000) {
  if (!isRunning(pid, mark)) return false;
  process.kill(pid, signal);
  for (const deadline = Date.now() + patience; isRunning(pid, mark); await pause(50))
    if (Date.now() > deadline) {
      process.kill(pid, 'SIGKILL');
      break;
    }
  return true;
}

/**
 * Remembers the children of one start in a folder, so that the next start finds those that outlived a killed parent.
 * @param {string} folder
 */
export function childRegister(folder) {
  mkdirSync(folder, { recursive: true });
  const file = (name) => join(folder, `${name}.json`);
  return {
    /** @param {{ pid: number, mark: string, [detail: string]: unknown }} entry */
    remember: (name, entry) => writeFileSync(file(name), JSON.stringify(entry)),
    forget: (name) => rmSync(file(name), { force: true }),
    read: (name) => readJson(file(name)),
    /** Stops whatever an earlier, killed start left running. */
    async stopOrphans(except = []) {
      for (const name of readdirSync(folder).map((entry) => entry.replace(/\.json$/, ''))) {
        if (except.includes(name)) continue;
        const entry = readJson(file(name));
        if (entry) await stopStranger(entry.pid, entry.mark);
        rmSync(file(name), { force: true });
      }
    },
  };
}

/** The parsed file, or null when it is missing or broken. */
export function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}
