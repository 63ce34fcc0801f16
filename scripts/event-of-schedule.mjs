// The event that a schedule.json is of: title, days, time zone and languages, for `npm run import -- … --create`.
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A draft for POST /api/events; null when the file does not say on which days the event is. */
export function eventOfSchedule(slug, file) {
  const conference = file?.schedule?.conference ?? {};
  const sessions = sessionsOf(file?.schedule ?? {});
  const timeZone = timeZoneOf(conference, sessions);
  const times = sessions.flatMap(timesOf);
  const start = firstMoment(conference.start, timeZone) ?? min(times);
  const end = lastMoment(conference.end ?? conference.start, timeZone) ?? max(times);
  if (!start || !end) return null;
  return {
    slug,
    title: String(conference.title ?? slug).slice(0, 200),
    timeZone,
    languages: languagesOf(conference, sessions),
    start: min([start, ...times]).toISOString(),
    end: max([end, ...times]).toISOString(),
  };
}

function sessionsOf(schedule) {
  const { conference = {} } = schedule;
  const days = list(conference.days).flatMap((day) => Object.values(day?.rooms ?? {}));
  const ofRooms = days.flatMap((room) => (Array.isArray(room) ? room : list(room?.events ?? room?.sessions)));
  const lists = [schedule.events, schedule.sessions, conference.events, conference.sessions];
  return [...ofRooms, ...lists.flatMap(list)].filter((session) => typeof session === 'object' && session !== null);
}

const list = (value) => (Array.isArray(value) ? value : []);

/** The zone of the file; of a file that names none, the offset of its first session, so that its days stay its days. */
function timeZoneOf({ time_zone_name: name }, sessions) {
  if (typeof name === 'string' && isTimeZone(name)) return name;
  const offset = sessions.map(({ date, start }) => /[+-]\d{2}(?=:00$)/.exec(date ?? start ?? '')?.[0]).find(Boolean);
  if (!offset || Number(offset) === 0) return 'UTC';
  return `Etc/GMT${offset.startsWith('+') ? '-' : '+'}${Math.abs(Number(offset))}`;
}

function isTimeZone(name) {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}

/** The languages that the file names, else those of its sessions, the most frequent first. */
function languagesOf({ languages, language }, sessions) {
  const named = [...list(languages), language].flatMap(tagOf);
  const counts = new Map();
  for (const tag of sessions.flatMap((session) => tagOf(session.language))) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  const spoken = [...counts].sort(([, one], [, other]) => other - one).map(([tag]) => tag);
  const found = [...new Set(named.length > 0 ? named : spoken)];
  return found.length > 0 ? found.slice(0, 30) : ['en'];
}

function tagOf(value) {
  const tag = String(value ?? '')
    .split(/[,;/|+&]/)[0]
    .trim()
    .replaceAll('_', '-');
  return /^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$/.test(tag) && isLocale(tag) ? [tag] : [];
}

function isLocale(tag) {
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    return false;
  }
}

function timesOf({ date, start, end, duration }) {
  const from = new Date(/T/.test(date ?? '') ? date : start);
  const [, hours, minutes] = /^(\d+):(\d{2})$/.exec(duration ?? '') ?? [];
  const to = end ? new Date(end) : new Date(from.getTime() + (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * MINUTE);
  return [from, to].filter((time) => !Number.isNaN(time.getTime()));
}

const firstMoment = (text, timeZone) => momentOf(text, (date) => midnight(date, timeZone));
const lastMoment = (text, timeZone) =>
  momentOf(text, (date) => new Date(midnight(addDay(date), timeZone).getTime() - 1_000));

/** A moment that the file gives in full, or one of the day that it gives, on the clocks of the event. */
function momentOf(text, ofDay) {
  if (typeof text !== 'string' || Number.isNaN(Date.parse(text))) return null;
  return /T.*(Z|[+-]\d{2}:?\d{2})$/.test(text) ? new Date(text) : ofDay(text.slice(0, 10));
}

const addDay = (date) => new Date(Date.parse(`${date}T00:00:00Z`) + DAY).toISOString().slice(0, 10);

/** When a date begins in a time zone. */
function midnight(date, timeZone) {
  const asUtc = Date.parse(`${date}T00:00:00Z`);
  const guess = asUtc - offsetAt(asUtc, timeZone);
  return new Date(asUtc - offsetAt(guess, timeZone));
}

/** How far a zone's clocks are ahead of UTC, in ms. */
function offsetAt(instant, timeZone) {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  return (
    Date.parse(`${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}:00Z`) -
    Math.floor(instant / MINUTE) * MINUTE
  );
}

const min = (times) => times.reduce((one, other) => (!one || other < one ? other : one), null);
const max = (times) => times.reduce((one, other) => (!one || other > one ? other : one), null);
