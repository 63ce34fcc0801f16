import { describe, expect, it } from '@jest/globals';
import { chooseLayout, chooseStageLayout, nextLead, type OnAir } from './stream-layout.js';

const track = { attach: () => undefined, detach: () => undefined };
const person = (identity: string, overrides: Partial<OnAir> = {}): OnAir => ({
  identity,
  isOwn: false,
  name: identity,
  isSpeaking: false,
  camera: track,
  screen: null,
  ...overrides,
});
const [ada, ben, cleo] = [person('ada'), person('ben'), person('cleo')];

describe('the layout of a stream (STR-13)', () => {
  it('shows nothing while nobody is on air', () => {
    expect(chooseLayout('plenary', [], null)).toEqual({ kind: 'empty' });
  });

  it('shows the active speaker large and the others beside', () => {
    const layout = chooseLayout('plenary', [ada, ben, cleo], 'ben');
    expect(layout).toMatchObject({ kind: 'stage', main: { name: 'ben' }, aside: [{ name: 'ada' }, { name: 'cleo' }] });
  });

  it('shows a shared screen large with the speaker first beside it, also in a workshop', () => {
    const sharing = person('ada', { screen: track });
    for (const kind of ['plenary', 'workshop', 'hub'] as const)
      expect(chooseLayout(kind, [sharing, ben, cleo], 'ben')).toMatchObject({
        kind: 'stage',
        main: { name: 'ada', source: 'screen' },
        aside: [{ name: 'ben' }, { name: 'ada' }, { name: 'cleo' }],
      });
  });

  it('shows everybody alike in a workshop, in places that do not change with who speaks', () => {
    const names = (lead: string) => {
      const layout = chooseLayout('workshop', [ada, ben, cleo], lead);
      return layout.kind === 'grid' && layout.pictures.map(({ name }) => name);
    };
    expect(names('ada')).toEqual(['ada', 'ben', 'cleo']);
    expect(names('cleo')).toEqual(['ada', 'ben', 'cleo']);
  });

  it('never hides who speaks in a full workshop, and says how many are out of sight', () => {
    const people = Array.from({ length: 12 }, (_, index) => person(`p${index}`));
    const layout = chooseLayout('workshop', people, 'p11');
    expect(layout).toMatchObject({ kind: 'grid', hidden: 3 });
    expect(layout.kind === 'grid' && layout.pictures.at(-1)?.name).toBe('p11');
  });

  it('keeps a place for a person who is only heard', () => {
    const layout = chooseLayout('plenary', [person('ada', { camera: null })], null);
    expect(layout).toMatchObject({ kind: 'stage', main: { name: 'ada', track: null } });
  });

  it('shows people on stage the others alike, and themselves only while nobody else is there (STR-38)', () => {
    const own = person('ada', { isOwn: true });
    const names = (people: readonly OnAir[]) => {
      const layout = chooseStageLayout('plenary', people, 'ada');
      if (layout.kind === 'grid') return layout.pictures.map(({ name }) => name);
      return layout.kind === 'stage' ? [layout.main.name, ...layout.aside.map(({ name }) => name)] : [];
    };
    expect(names([own, ben, cleo])).toEqual(['ben', 'cleo']);
    expect(names([own, ben])).toEqual(['ben']);
    expect(names([own])).toEqual(['ada']);
    expect(names([])).toEqual([]);
    const sharing = person('ben', { screen: track });
    expect(chooseStageLayout('plenary', [own, sharing, cleo], 'ada')).toMatchObject({
      kind: 'stage',
      main: { name: 'ben', source: 'screen' },
    });
  });

  it('keeps who spoke last large in a pause, and moves on when they leave', () => {
    expect(nextLead([ada, ben], 'ben')).toBe('ben');
    expect(nextLead([person('ada', { isSpeaking: true }), ben], 'ben')).toBe('ada');
    expect(nextLead([person('ada', { isSpeaking: true }), person('ben', { isSpeaking: true })], 'ben')).toBe('ben');
    expect(nextLead([ada], 'ben')).toBe('ada');
    expect(nextLead([], 'ben')).toBeNull();
  });
});
