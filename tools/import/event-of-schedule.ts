// The event of a schedule.json: title, days, time zone and languages, for `npm run import -- … --create`. The file may be of any shape.
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A draft for POST /api/events. */
export interface EventDraft {
  readonly slug: string;
  readonly title: string;
  readonly timeZone: string;
  readonly languages: readonly string[];
  readonly start: string;
  readonly end: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** Returns null when the file does not say on which days the event is. */
export function eventOfSchedule(slug: string, file: unknown): EventDraft | null {
  const schedule = fields(fields(file).schedule);
  const conference = fields(schedule.conference);
  const sessions = sessionsOf(schedule);
  const timeZone = timeZoneOf(conference, sessions);
  const times = sessions.flatMap(timesOf);
  const start = firstMoment(conference.start, timeZone) ?? earliest(times);
  const end = lastMoment(conference.end ?? conference.start, timeZone) ?? latest(times);
  if (!start || !end) return null;
  return {
    slug,
    title: textOf(conference.title ?? slug).slice(0, 200),
    timeZone,
    languages: languagesOf(conference, sessions),
    start: (earliest([start, ...times]) ?? start).toISOString(),
    end: (latest([end, ...times]) ?? end).toISOString(),
  };
}

const fields = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const textOf = (value: unknown) => String(value);

function sessionsOf(schedule: Fields): Fields[] {
  const conference = fields(schedule.conference);
  const rooms = list(conference.days).flatMap((day) => Object.values(fields(fields(day).rooms)));
  const ofRooms = rooms.flatMap((room) =>
    Array.isArray(room) ? (room as unknown[]) : list(fields(room).events ?? fields(room).sessions),
  );
  const lists = [schedule.events, schedule.sessions, conference.events, conference.sessions];
  return [...ofRooms, ...lists.flatMap(list)].filter(
    (session): session is Fields => typeof session === 'object' && session !== null,
  );
}

/** The zone of the file; of a file that names none, the offset of its first session, so that its days stay its days. */
function timeZoneOf({ time_zone_name: name }: Fields, sessions: readonly Fields[]): string {
  if (typeof name === 'string' && isTimeZone(name)) return name;
  const offset = sessions.map(offsetOf).find(Boolean);
  if (!offset || Number(offset) === 0) return 'UTC';
  return `Etc/GMT${offset.startsWith('+') ? '-' : '+'}${Math.abs(Number(offset))}`;
}

const offsetOf = ({ date, start }: Fields) => /[+-]\d{2}(?=:00$)/.exec(textOf(date ?? start ?? ''))?.[0];

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}

/** The languages that the file names, else those of its sessions, the most frequent first. */
function languagesOf({ languages, language }: Fields, sessions: readonly Fields[]): string[] {
  const named = [...list(languages), language].flatMap(tagOf);
  const counts = new Map<string, number>();
  for (const tag of sessions.flatMap((session) => tagOf(session.language))) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  const spoken = [...counts].sort(([, one], [, other]) => other - one).map(([tag]) => tag);
  const found = [...new Set(named.length > 0 ? named : spoken)];
  return found.length > 0 ? found.slice(0, 30) : ['en'];
}

function tagOf(value: unknown): string[] {
  const [first = ''] = textOf(value ?? '').split(/[,;/|+&]/);
  const tag = first.trim().replaceAll('_', '-');
  return /^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$/.test(tag) && isLocale(tag) ? [tag] : [];
}

function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    return false;
  }
}

function timesOf({ date, start, end, duration }: Fields): Date[] {
  const from = dateOf(/T/.test(textOf(date ?? '')) ? date : start);
  const [, hours, minutes] = /^(\d+):(\d{2})$/.exec(textOf(duration ?? '')) ?? [];
  const to = end ? dateOf(end) : new Date(from.getTime() + (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * MINUTE);
  return [from, to].filter((time) => !Number.isNaN(time.getTime()));
}

const dateOf = (value: unknown) => new Date(typeof value === 'number' ? value : textOf(value ?? ''));

const firstMoment = (text: unknown, timeZone: string) => momentOf(text, (date) => midnight(date, timeZone));
const lastMoment = (text: unknown, timeZone: string) =>
  momentOf(text, (date) => new Date(midnight(addDay(date), timeZone).getTime() - 1_000));

/** A moment that the file gives in full, or one of the day that it gives, on the clocks of the event. */
function momentOf(text: unknown, ofDay: (date: string) => Date): Date | null {
  if (typeof text !== 'string' || Number.isNaN(Date.parse(text))) return null;
  return /T.*(Z|[+-]\d{2}:?\d{2})$/.test(text) ? new Date(text) : ofDay(text.slice(0, 10));
}

const addDay = (date: string) => new Date(Date.parse(`${date}T00:00:00Z`) + DAY).toISOString().slice(0, 10);

/** When a date begins in a time zone. */
function midnight(date: string, timeZone: string): Date {
  const asUtc = Date.parse(`${date}T00:00:00Z`);
  const guess = asUtc - offsetAt(asUtc, timeZone);
  return new Date(asUtc - offsetAt(guess, timeZone));
}

/** How far a zone's clocks are ahead of UTC, in ms. */
function offsetAt(instant: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  const [year, month, day] = [parts.get('year'), parts.get('month'), parts.get('day')];
  const local = Date.parse(`${year}-${month}-${day}T${parts.get('hour')}:${parts.get('minute')}:00Z`);
  return local - Math.floor(instant / MINUTE) * MINUTE;
}

const byTime = (one: Date, other: Date) => one.getTime() - other.getTime();
const earliest = (times: readonly Date[]) => [...times].sort(byTime)[0];
const latest = (times: readonly Date[]) => [...times].sort(byTime).at(-1);
