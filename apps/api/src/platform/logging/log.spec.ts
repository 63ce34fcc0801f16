import { describe, expect, it } from '@jest/globals';
import { pino, stdSerializers } from 'pino';
import { QueryFailedError } from 'typeorm';
import { REDACTED } from './log.js';

describe('the log', () => {
  it('holds nothing of a row that PostgreSQL quotes in an error (G7)', () => {
    const lines: string[] = [];
    const log = pino({ redact: REDACTED, serializers: stdSerializers }, { write: (line) => void lines.push(line) });
    const refused = Object.assign(new Error('violates a constraint'), {
      detail: 'Failing row contains (A secret question).',
      where: 'while writing A secret question',
    });
    log.error({ err: new QueryFailedError('INSERT …', ['A secret question'], refused) }, 'unexpected error');
    expect(lines.join()).toContain('violates a constraint');
    expect(lines.join()).not.toContain('A secret question');
  });
});
