import { act, cleanup, render, screen } from '@testing-library/react';
import { Drafts, drafts, isText, useDraft } from './drafts.js';

/** The storage of one tab; it outlives a reload. */
function storage() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => kept.set(key, text),
  };
}

describe('drafts', () => {
  it('are there again after a reload (WEB-62)', () => {
    const tab = storage();
    new Drafts(() => tab).set('question', { text: 'Who pays' });
    expect(new Drafts(() => tab).get('question')).toEqual({ text: 'Who pays' });
  });

  it('are kept apart for each person (WEB-63)', () => {
    const tab = new Drafts(storage);
    tab.belongTo('ada');
    tab.set('question', 'of Ada');
    tab.belongTo('ben');
    expect(tab.get('question')).toBeUndefined();
    tab.set('question', 'of Ben');
    tab.belongTo('ada');
    expect(tab.get('question')).toBe('of Ada');
  });

  it('go along with a sign-in, and stay when it ends by itself (WEB-63)', () => {
    const tab = new Drafts(storage);
    tab.set('question', 'Who pays');
    tab.belongTo('ada');
    expect(tab.get('question')).toBe('Who pays');
    tab.belongTo(null);
    expect(tab.get('question')).toBe('Who pays');
  });

  it('are gone after signing out here, also for a reload (WEB-63)', () => {
    const tab = storage();
    const kept = new Drafts(() => tab);
    kept.belongTo('ada');
    kept.set('question', 'Who pays');
    kept.clear();
    expect(kept.get('question')).toBeUndefined();
    expect(new Drafts(() => tab).get('question')).toBeUndefined();
  });

  it('are at most 50, without the one written longest ago (WEB-63)', () => {
    const tab = new Drafts(storage);
    for (let n = 0; n < 50; n += 1) tab.set(`poll ${n}`, n);
    tab.set('poll 0', 'again');
    tab.set('poll 50', 50);
    expect(tab.get('poll 0')).toBe('again');
    expect(tab.get('poll 1')).toBeUndefined();
    expect(tab.get('poll 50')).toBe(50);
  });

  it('last as long as the page where storage is blocked or holds something else (WEB-62)', () => {
    const blocked = new Drafts(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    blocked.set('question', 'Who pays');
    expect(blocked.get('question')).toBe('Who pays');
    for (const text of ['{', '"x"', '{"drafts":[1]}', '{"drafts":{}}'])
      expect(new Drafts(() => ({ getItem: () => text, setItem: () => undefined })).get('question')).toBeUndefined();
  });
});

describe('a component with a draft', () => {
  function Field() {
    const [text] = useDraft('field', isText);
    return <p>{text ?? 'nothing'}</p>;
  }
  afterEach(() => {
    cleanup();
    drafts.clear();
  });

  it('shows it again after it was away, and ignores another shape (WEB-62)', () => {
    drafts.set('field', 'half a sentence');
    render(<Field />);
    expect(screen.getByText('half a sentence')).toBeTruthy();
    act(() => drafts.set('field', { text: 'of an older page' }));
    expect(screen.getByText('nothing')).toBeTruthy();
  });
});
