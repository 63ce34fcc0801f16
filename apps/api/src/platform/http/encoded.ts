import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { type CooperativeScheduler } from '#libs/socket-server/cooperative-scheduler';

/** An HTTP body as it is sent, encoded once for all who get the same. */
export interface Encoded {
  readonly body: Buffer;
  readonly etag: string;
  readonly gzipped: Buffer;
}

const compress = promisify(gzip);
/** Characters that are encoded and hashed at once: well under a millisecond. */
const CHUNK = 64 * 1024;

/** Encodes pieces of text in slices of the event loop, and compresses them in Node's thread pool. */
export async function encodeInSlices(slices: CooperativeScheduler, pieces: Iterable<string>): Promise<Encoded> {
  const chunks: Buffer[] = [];
  const hash = createHash('sha1');
  await slices.run(encode(pieces, (chunk) => hash.update(chunk) && chunks.push(chunk)));
  const body = Buffer.concat(chunks);
  return { body, etag: `"${hash.digest('base64url')}"`, gzipped: await compress(body, { level: 5 }) };
}

function* encode(pieces: Iterable<string>, take: (chunk: Buffer) => void): Generator<void> {
  let waiting: string[] = [];
  let length = 0;
  for (const piece of pieces) {
    waiting.push(piece);
    length += piece.length;
    if (length >= CHUNK) {
      take(Buffer.from(waiting.join('')));
      [waiting, length] = [[], 0];
    }
    yield;
  }
  take(Buffer.from(waiting.join('')));
}

export const bytesOf = ({ body, gzipped }: Encoded) => body.length + gzipped.length;
