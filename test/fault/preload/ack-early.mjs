// A hub that acknowledges votes before COMMIT: loaded before a node by the test of the checker, which must detect it.
import 'reflect-metadata';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const { GroupCommit } = await import(pathToFileURL(resolve('dist/apps/api/src/feed/write/group-commit.js')).href);
const write = GroupCommit.prototype.write;
GroupCommit.prototype.write = function (item) {
  const written = write.call(this, item);
  if (item.questionId === undefined) return written;
  written.catch(() => undefined);
  return Promise.resolve({ score: 1, version: 1, duplicate: false });
};
