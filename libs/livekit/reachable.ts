/** Whether a LiveKit server answers at this address, within `timeout` milliseconds. Needs no key: its front page says OK. */
export async function isReachable(url: string, timeout = 3_000): Promise<boolean> {
  const address = url.replace(/^ws/, 'http');
  return fetch(address, { signal: AbortSignal.timeout(timeout) }).then(
    (response) => response.ok,
    () => false,
  );
}
