const ROLES = [
  ['Attendee', '/demo/attendee'],
  ['Moderator', '/demo/moderator'],
  ['Speaker', '/demo/speaker'],
  ['Organiser', '/demo/organiser'],
  ['Projector', '/demo/projector'],
];

/** The one block that a start prints: where to go, in which role, and what runs where. */
export function welcome({ url, settings, config, postgres, streams }) {
  const rows = [
    ['Plenum', url],
    ...(config.DEMO ? ROLES.map(([role, path]) => [`  ${role}`, url + path]) : []),
    null,
    [
      'PostgreSQL',
      postgres
        ? `embedded (${postgres.source}), data in ${postgres.folder}`
        : `external, ${withoutSecret(settings.DATABASE_URL)}`,
    ],
    [
      'Messages',
      config.REDIS_URL
        ? `Redis, ${withoutSecret(config.REDIS_URL)}`
        : 'in this process (one node; several need REDIS_URL)',
    ],
    [
      'Streams',
      streams ? embeddedStreams(streams.state()) : `external LiveKit, ${withoutSecret(settings.LIVEKIT_URL)}`,
    ],
    ['Demo', config.DEMO ? 'on: anybody can sign in in any role' : 'off'],
    null,
    ['Stop', 'Ctrl-C; everything is kept'],
  ];
  const width = Math.max(...rows.map((row) => row?.[0].length ?? 0)) + 2;
  const lines = rows.map((row) => (row ? `  ${row[0].padEnd(width)}${row[1]}` : ''));
  const rule = '─'.repeat(Math.min(100, Math.max(...lines.map((line) => line.length)) + 2));
  return ['', rule, ...lines, rule, ''].join('\n');
}

function embeddedStreams({ state, source, reason }) {
  if (state === 'ready') return `LiveKit ${source}, embedded`;
  if (state === 'preparing') return `being prepared${reason ? `: ${reason}` : ''}; everything else works meanwhile`;
  return `none: ${reason}`;
}

function withoutSecret(address) {
  const { protocol, host, pathname } = new URL(address);
  return `${protocol}//${host}${pathname === '/' ? '' : pathname}`;
}
