#!/usr/bin/env node
// Only what every version of Node can read stands here, so that an old one gets an explanation and not a syntax error.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Plenum needs Node 20.19 or later; this is ${process.versions.node}. Get a newer one from https://nodejs.org or with nvm.`,
  );
  process.exit(1);
}

const HELP = `npm start: runs the whole hub on this machine and prints where to open it.
npm start -- --workers N: the same with N processes for the API; auto or 0 is one per core.

It installs and builds what is missing, then starts PostgreSQL, the API with the web app, and LiveKit. Ctrl-C stops all of it.

Settings come from the environment or a file .env beside package.json; .env.example explains each of them. The most used:
  WORKERS        processes that share the port and all cores: a number, or auto for one per core (1); also --workers N
  PORT, HOST     where to listen (3000, 127.0.0.1)
  PLENUM_DATA    where the data are kept (.data)
  DATABASE_URL   a PostgreSQL of your own instead of the embedded one
  REDIS_URL      needed as soon as several nodes (not workers) share one database
  LIVEKIT_URL    a LiveKit of your own, with LIVEKIT_API_KEY and LIVEKIT_API_SECRET
  DEMO           on (the default unless NODE_ENV=production): the demo event and sign-in in any role`;

if (process.argv.includes('--help') || process.argv.includes('-h')) console.log(HELP);
else
  import('./hub.mjs')
    .then(({ runHub }) => runHub(process.argv.slice(2)))
    .then((code) => process.exit(code))
    .catch((error) => {
      console.error(error.isExplained ? `\n${error.message}\n` : error);
      process.exit(1);
    });
