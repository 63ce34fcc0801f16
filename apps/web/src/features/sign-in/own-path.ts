/** Only a path of this page: an address of somebody else would lead people away after they signed in. */
export function isOwnPath(path: string | undefined): path is string {
  return path !== undefined && /^\/(?![/\\])/.test(path);
}
