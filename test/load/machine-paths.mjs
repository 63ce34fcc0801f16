import { homedir, tmpdir } from 'node:os';

/** Where a checkout, its data or a temporary folder may be, beside the ones of this machine. */
const USUAL = ['/home', '/root', '/Users', '/tmp', '/var/tmp', '/var/folders', '/private'];
/** What a path of the project begins with, once the folder of the checkout is cut. */
const PROJECT = /\/((?:apps|dist|dist-web|docker|docs|libs|node_modules|scripts|test|tools)\/.*)$/;
const escaped = (text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/**
 * A text without the folders of the machine that it was written on: a path in a checkout becomes relative to it, another one keeps only
 * its last name. Addresses (`http://…`, `/api/…`) stay.
 * @param {string} text
 * @param {{ root: string, home?: string, temporary?: string }} folders
 */
export function withoutMachinePaths(text, { root, home = homedir(), temporary = tmpdir() }) {
  const places = [root, home, temporary, ...USUAL].filter((place) => place.length > 1).map(escaped);
  const path = new RegExp(String.raw`(?:file://|(?<![\w./:~-]))(?:${places.join('|')})(?:/[\w.@+-]+)+`, 'g');
  return text.replace(path, (found) => relativeTo(found.replace('file://', ''), root));
}

function relativeTo(path, root) {
  if (path.startsWith(`${root}/`)) return path.slice(root.length + 1);
  return PROJECT.exec(path)?.[1] ?? path.slice(path.lastIndexOf('/') + 1);
}
