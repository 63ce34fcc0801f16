// The settings of Schemathesis: where real objects are, and whose token it sends.

/** How often a value of the hub is used where one fits; the others are generated. */
const OFTEN = 0.8;

/** The position of each kind of value: for all operations, and for those below one path. */
const BINDINGS = {
  'path.slug': 'events',
  'query.session': 'sessionSlugs',
  'query.lang': 'languages',
  'body.event': 'events',
  'body.roomId': 'rooms',
  'body.speakerIds[*]': 'speakers',
  'body.timeZone': 'zones',
  'body.start': 'times',
};
const BELOW = [
  { path: '^/api/sessions/', bindings: { 'path.id': 'sessions' } },
  { path: '^/api/rooms/', bindings: { 'path.id': 'rooms' } },
  { path: '^/api/speakers/', bindings: { 'path.id': 'speakers' } },
  { path: '^/api/events(/\\{slug\\})?$', bindings: { 'body.slug': 'events' } },
];

/** The text of schemathesis.toml. `spent` is a token that may be signed out: the role's own must outlive the run. */
export function settingsOf({ values, token, spent }) {
  const lists = Object.entries(values).map(
    ([name, list]) => `[dictionaries.${name}]\nvalues = ${JSON.stringify(list)}`,
  );
  const below = BELOW.map(({ path, bindings }) =>
    ['[[operations]]', `include-path-regex = ${literal(path)}`, `parameters = { ${bound(bindings).join(', ')} }`].join(
      '\n',
    ),
  );
  return [
    token ? `headers = ${bearer(token)}` : '',
    'cache.enabled = false',
    'phases.examples.fill-missing = true',
    ...lists,
    `[parameters]\n${bound(BINDINGS).join('\n')}`,
    ...below,
    token ? `[[operations]]\ninclude-path = "/api/auth/sign-out"\nheaders = ${bearer(spent)}` : '',
  ].join('\n');
}

const literal = (text) => `'${text}'`;
const bearer = (token) => `{ Authorization = "Bearer ${token}" }`;
const bound = (bindings) =>
  Object.entries(bindings).map(([at, name]) => `"${at}" = { dictionary = "${name}", probability = ${OFTEN} }`);

/** The hub's own document with a real programme as the example of an import. */
export function withExamples(document, { schedule }) {
  const copy = structuredClone(document);
  copy.paths['/api/events/{slug}/schedule'].put.requestBody.content['application/json'].example = schedule;
  return copy;
}
