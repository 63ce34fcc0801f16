const ROLES = [
  ['Attendee', '/demo/attendee'],
  ['Moderator', '/demo/moderator'],
  ['Speaker', '/demo/speaker'],
  ['Organiser', '/demo/organiser'],
];

/** The one block that a start prints: where to go, in which role, and what runs where. */
export async function welcome({ url, settings, config, postgres, streams }) {
  const rows = [
    ['Plenum', url],
    ...(config.DEMO ? await demoLinks(url) : []),
    null,
    [
      'PostgreSQL',
      postgres ? `${postgres.source}, data in ${postgres.folder}` : `external, ${withoutSecret(settings.DATABASE_URL)}`,
    ],
    [
      'Messages',
      config.REDIS_URL
        ? `external Redis, ${withoutSecret(config.REDIS_URL)}`
        : config.WORKERS > 1
          ? `between ${config.WORKERS} workers (one machine; several need REDIS_URL)`
          : 'in this process (one node; several need REDIS_URL)',
    ],
    [
      'Streams',
      streams ? embeddedStreams(streams.state()) : `external LiveKit, ${withoutSecret(settings.LIVEKIT_URL)}`,
    ],
    ['Demo', config.DEMO ? `on: anybody can sign in in any role${stageWords(config)}` : 'off'],
    null,
    ['Stop', 'Ctrl-C; everything is kept'],
  ];
  const width = Math.max(...rows.map((row) => row?.[0].length ?? 0)) + 2;
  const lines = rows.map((row) => (row ? `  ${row[0].padEnd(width)}${row[1]}` : ''));
  const rule = '─'.repeat(Math.min(100, Math.max(...lines.map((line) => line.length)) + 2));
  return ['', rule, ...lines, rule, ''].join('\n');
}

const stageWords = ({ DEMO_STAGE }) =>
  DEMO_STAGE ? '; a synthetic speaker is on air in the plenary (DEMO_STAGE=off: nobody)' : '';

/** A link per role; the projector needs nobody signed in, but a session: the one that is live in the plenary. */
async function demoLinks(url) {
  const links = ROLES.map(([role, path]) => [`  ${role}`, url + path]);
  try {
    const ask = async (path) =>
      (await fetch(`${url}/api/events${path}`, { signal: AbortSignal.timeout(5_000) })).json();
    const [{ slug }] = await ask('');
    const { rooms, sessions } = await ask(`/${slug}`);
    const live = sessions.filter(({ state }) => state === 'live');
    const plenary = live.find(({ roomId }) => rooms.some(({ id, kind }) => id === roomId && kind === 'plenary'));
    const session = plenary ?? live[0] ?? sessions[0];
    return session ? [...links, ['  Projector', `${url}/present/${slug}/${session.slug}`]] : links;
  } catch {
    return links; // PUBLIC_URL may be an address that only others can reach
  }
}

function embeddedStreams({ state, source, reason }) {
  if (state === 'ready') return `embedded LiveKit, ${source}`;
  if (state === 'preparing') return `being prepared${reason ? `: ${reason}` : ''}; everything else works meanwhile`;
  return `none: ${reason}`;
}

function withoutSecret(address) {
  const { protocol, host, pathname } = new URL(address);
  return `${protocol}//${host}${pathname === '/' ? '' : pathname}`;
}
