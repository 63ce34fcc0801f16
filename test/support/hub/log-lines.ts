import { symbols } from 'pino';
import { log } from '../../../apps/api/src/platform/logging/log.js';

/** Captures the log of the hub in this test's process instead of printing it; `stop` restores it. */
export function logLines() {
  const lines: string[] = [];
  const streams = log as unknown as Record<symbol, unknown>;
  const before = streams[symbols.streamSym];
  streams[symbols.streamSym] = { write: (line: string) => void lines.push(line) };
  return { lines, stop: () => (streams[symbols.streamSym] = before) };
}
