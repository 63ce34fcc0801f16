import { foldText } from './fold.js';

describe('foldText', () => {
  it.each([
    ['Łódź', 'lodz'],
    ['Smørrebrød', 'smorrebrod'],
    ['STRASSE Straße ẞ', 'strasse strasse ss'],
    ['Đakovo, Ðingvellir, Þór', 'dakovo, dingvellir, thor'],
    ['Æsop’s œuvre', 'aesop’s oeuvre'],
    ['Ħamrun Ŧana Ŋaba Bakı Əli', 'hamrun tana naba baki eli'],
    ['ﬁn ＡＩ ①', 'fin ai 1'],
    ['soft\u00adhy\u200bphen \u2764\ufe0f', 'softhyphen \u2764'],
    ['مُحَمَّد', 'محمد'],
  ])('folds what keyboards and spellings differ in: %s (WEB-130)', (text, folded) => {
    expect(foldText(text)).toBe(folded);
  });

  it.each([
    ['कि', 'की'],
    ['か', 'が'],
    ['a ≠ b', 'a = b'],
    ['5 < 6', '5 ≮ 6'],
  ])('keeps what is another sound or sign: %s and %s (WEB-130)', (one, other) => {
    expect(foldText(one)).not.toBe(foldText(other));
  });

  it('changes nothing when it is done twice, so that a kept fold can be compared (WEB-130)', () => {
    for (const text of ['Łódź ß', 'İstanbul', 'ΕΡΏΤΗΣΗΣ', '\ufdfa', 'ŉ', 'ǰ'])
      expect(foldText(foldText(text))).toBe(foldText(text));
  });
});
