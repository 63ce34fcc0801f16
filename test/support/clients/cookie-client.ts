type Headers = Record<string, string | undefined>;

export interface Answer {
  readonly status: number;
  /** Parsed JSON; the text of anything else. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read responses of every shape
  readonly body: any;
  readonly headers: globalThis.Headers;
  /** The `Set-Cookie` of this response. */
  readonly cookie: string | null;
}

/** One browser's calls to a node: it keeps its cookies and sends the origin of its page. */
export function browser(url: string) {
  const kept = new Map<string, string>();

  const keep = (pair: string) => kept.set(pair.split('=')[0]!, pair);

  async function call(method: string, path: string, body?: unknown, headers: Headers = {}): Promise<Answer> {
    const given = {
      origin: url,
      cookie: [...kept.values()].join('; ') || undefined,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    };
    const response = await fetch(url + path, {
      method,
      headers: Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined),
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const cookie = response.headers.get('set-cookie');
    for (const given of response.headers.getSetCookie()) keep(given.split(';')[0]!);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers, cookie };
  }

  return {
    call,
    /** Drops one cookie, as a person does who wants to be another guest. */
    forget: (name: string) => kept.delete(name),
    get: (path: string, headers?: Headers) => call('GET', path, undefined, headers),
    post: (path: string, body: unknown, headers?: Headers) => call('POST', path, body, headers),
  };
}
