// A Node process that can be measured from outside: its memory after a full collection, its CPU, its profile.
import { spawn } from 'node:child_process';
import { WebSocket } from 'ws';

/**
 * Starts `node ...args` with its inspector on loopback.
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 */
export async function startInspected(args, env = {}) {
  const { PATH, TZ } = process.env;
  const child = spawn(process.execPath, ['--inspect=127.0.0.1:0', ...args], {
    env: { PATH, TZ, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const inspector = await inspect(await addressOf(child));
  child.stdout.resume();
  child.stderr.resume();
  return {
    pid: child.pid,
    ask: inspector.ask,
    memory: inspector.memory,
    /** Milliseconds of CPU since its start. */
    cpu: async () => {
      const { user, system } = await inspector.evaluate('process.cpuUsage()');
      return (user + system) / 1_000;
    },
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', resolve);
        inspector.close();
        child.kill('SIGKILL');
      }),
  };
}

/** The address of the inspector, in what a process said on stderr; undefined before it is open. */
export const inspectorIn = (said) => /Debugger listening on (ws:\S+)/.exec(said)?.[1];

/**
 * A process whose inspector listens at this address.
 * @param {string} address
 */
export async function inspect(address) {
  const { ask, close } = await connect(address);
  /** @param {string} expression */
  const evaluate = async (expression) =>
    JSON.parse((await ask('Runtime.evaluate', { expression: `JSON.stringify(${expression})` })).result.value);
  return {
    ask,
    evaluate,
    close,
    /** Bytes after everything that can be collected is. */
    memory: async () => {
      for (let round = 0; round < 3; round++) await ask('HeapProfiler.collectGarbage');
      const { rss, heapUsed, external } = await evaluate('process.memoryUsage()');
      return { rss, heap: heapUsed + external };
    },
  };
}

function addressOf(child) {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
      const address = inspectorIn(said);
      if (address) resolve(address);
    });
    child.once('exit', () => reject(new Error(said)));
  });
}

function connect(address) {
  const socket = new WebSocket(address, { perMessageDeflate: false });
  const waiting = new Map();
  let last = 0;
  socket.on('message', (data) => {
    const { id, result } = JSON.parse(String(data));
    waiting.get(id)?.(result);
    waiting.delete(id);
  });
  const ask = (method, params = {}) =>
    new Promise((resolve) => {
      waiting.set(++last, resolve);
      socket.send(JSON.stringify({ id: last, method, params }));
    });
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve({ ask, close: () => socket.terminate() }));
    socket.once('error', reject);
  });
}
