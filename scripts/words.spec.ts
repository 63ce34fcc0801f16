import { checkFile, findWords } from './words.mjs';

const WORDS = [
  { word: 'lane', instead: 'semaphore', allowed: /^docs\/roads\.md$/ },
  { word: 'so many', instead: 'at most n' },
];

describe('the search for words', () => {
  it('finds each use with its line, in the order of the text', () => {
    expect(
      findWords('/** Keeps So Many.\n * One lane; */\nso many', WORDS).map(({ line, word }) => [line, word]),
    ).toEqual([
      [1, 'so many'],
      [2, 'lane'],
      [3, 'so many'],
    ]);
  });

  it('finds a phrase across the lines of a comment', () => {
    for (const text of ['/**\n * Keeps so\n * many. */', '// so\n  // many', 'Markdown so\nmany'])
      expect(findWords(text, WORDS)).toHaveLength(1);
  });

  it('passes whole other words and clean text', () => {
    expect(findWords('planes, laneWidth, also many, at most 200 entries', WORDS)).toEqual([]);
  });

  it('names the file, the line, the word and what to say; passes a file where the word is right', () => {
    expect(checkFile('docs/a.md', 'first\na lane', WORDS)).toEqual(['docs/a.md:2: "lane": say semaphore']);
    expect(checkFile('docs/roads.md', 'a lane', WORDS)).toEqual([]);
  });
});
