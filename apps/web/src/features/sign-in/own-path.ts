/** Only a path of this page: a foreign address would redirect people away after sign-in. */
export function isOwnPath(path: string | undefined): path is string {
  return path !== undefined && /^\/(?![/\\])/.test(path);
}
