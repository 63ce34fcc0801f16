import { sessionRow } from '../../../../../test/support/records/programme-records.js';
import { type SessionRow } from '../session-rows.repository.js';
import { dropCollisions } from './drop-collisions.js';
import { Problems } from './problems.js';
import { type FileSession } from './schedule-file.js';

const HOUR = 3_600_000;
const at = (hour: number) => new Date(Date.UTC(2026, 2, 16) + hour * HOUR);

/** Sessions of one room, one an hour, that the file moves one hour earlier, and how often their times were read. */
function shifted(count: number) {
  const looks = { count: 0 };
  const existing: SessionRow[] = [];
  const file: FileSession[] = [];
  for (let hour = 1; hour <= count; hour++) {
    const row = sessionRow({ roomId: 'room', start: at(hour), end: at(hour + 1), title: `Session ${hour}` });
    existing.push(row);
    const session = {
      at: `[${hour}]`,
      guid: row.guid,
      roomGuid: 'room',
      get start() {
        looks.count += 1;
        return at(hour - 1);
      },
      get end() {
        looks.count += 1;
        return at(hour);
      },
    };
    file.push(session as FileSession);
  }
  const problems = new Problems();
  const rooms = new Map([['room', 'room']]);
  const drop = (staying: readonly SessionRow[]) => dropCollisions(existing, file, staying, rooms, problems);
  return { existing, file, drop, looks, problems };
}

describe('dropping sessions that would collide', () => {
  it('keeps all that move together (IMP-29)', () => {
    const { file, drop, problems } = shifted(10);
    expect(drop([])).toEqual(file);
    expect(problems.hasErrors).toBe(false);
  });

  it('drops each that stays in the way of the next one (IMP-4)', () => {
    const { drop, problems } = shifted(10);
    const begun = sessionRow({ roomId: 'room', start: at(0), end: at(1), state: 'live', title: 'Begun' });
    expect(drop([begun])).toEqual([]);
    expect(problems.toList().map(({ message }) => message)).toEqual([
      'overlaps with Begun, which stays in the same room',
      ...Array.from({ length: 9 }, (_, n) => `overlaps with Session ${n + 1}, which stays in the same room`),
    ]);
  });

  it('leaves those of another room and of cancelled sessions alone', () => {
    const { file, drop } = shifted(3);
    const elsewhere = sessionRow({ roomId: 'annex', start: at(0), end: at(9) });
    const cancelled = sessionRow({ roomId: 'room', start: at(0), end: at(9), state: 'cancelled' });
    expect(drop([elsewhere, cancelled])).toEqual(file);
  });

  it('costs hardly more than twice as much for twice as many (IMP-28)', () => {
    const cost = (count: number) => {
      const { drop, looks } = shifted(count);
      drop([sessionRow({ roomId: 'room', start: at(0), end: at(1), state: 'live' })]);
      return looks.count;
    };
    expect(cost(2_000) / cost(1_000)).toBeLessThan(2.5);
  });
});
