import { symbols } from 'pino';
import { log } from '../../../apps/api/src/platform/logging/log.js';

/** Keeps what the hub of this test's process logs, in place of printing it; `stop` puts things back. */
export function logLines() {
  const lines: string[] = [];
  const streams = log as unknown as Record<symbol, unknown>;
  const before = streams[symbols.streamSym];
  streams[symbols.streamSym] = { write: (line: string) => void lines.push(line) };
  return { lines, stop: () => (streams[symbols.streamSym] = before) };
}
