import { Crowd } from '../../../libs/load-generator/crowd.js';
import { type Observer } from '../../../libs/load-generator/observer.js';
import { FINAL } from '../../../libs/load-generator/votes.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';

const PEOPLE = 100;
const QUESTIONS = 10;

describe('a synthetic audience', () => {
  let hub: TestHub;
  let crowd: Crowd;
  let questionIds: string[];
  let actorIds: string[];

  beforeAll(async () => {
    hub = await startHub();
    const session = await hub.make.session({ version: 1, session_version: 1 });
    const rows = { session_id: session.id, version: 1, score_version: 1 };
    questionIds = [];
    for (let n = 0; n < QUESTIONS; n++) questionIds.push((await hub.make.question(rows)).id);
    actorIds = [];
    for (let n = 0; n < PEOPLE; n++) actorIds.push((await hub.make.actor({ event_id: session.event_id })).id);
    const tokens = await Promise.all(actorIds.map(async (id) => (await hub.sign(id)).token));
    crowd = new Crowd({ urls: [hub.url], sessionId: session.id, questionIds, tokens, observers: 5 });
  }, 60_000);

  afterAll(async () => {
    crowd?.close();
    await hub?.close();
  });

  it('gets in, votes, and every screen ends equal to PostgreSQL: nothing lost, nothing doubled (G1, G2, G3)', async () => {
    expect(await crowd.gather(30_000)).toBe(PEOPLE);
    await crowd.vote({ perSecond: 50, seconds: 3 });
    expect(await crowd.settle(20_000)).toBe(true);
    const report = crowd.report();
    expect(report).toMatchObject({ unknown: 0, refused: 0, behind: 0 });
    expect(report.counted).toBe(report.sent);

    const told = [...report.finals].flatMap((final, place) =>
      final === FINAL.set ? `${questionIds[place % QUESTIONS]} ${actorIds[Math.floor(place / QUESTIONS)]}` : [],
    );
    const rows = await hub.database.query<{ pair: string }>(
      `SELECT question_id || ' ' || actor_id AS pair FROM question_vote`,
    );
    expect(rows.map(({ pair }) => pair).sort()).toEqual(told.sort());
    const scores = await hub.database.query<{ id: string; score: number }>(
      'SELECT id, score FROM question ORDER BY id',
    );
    for (const observer of crowd.observers) expect(screenOf(observer)).toEqual(scores);
  }, 90_000);
});

const screenOf = ({ replica }: Observer) =>
  (replica?.questions ?? []).map(({ id, score }) => ({ id, score })).sort((a, b) => (a.id < b.id ? -1 : 1));
