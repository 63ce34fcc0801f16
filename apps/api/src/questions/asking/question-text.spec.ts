import { describe, expect, it } from '@jest/globals';
import { hasBlockedWord, textKey } from './question-text.js';

describe('textKey', () => {
  it.each([
    ['case and spaces', 'Who  pays for\nthis', 'who PAYS for this'],
    ['punctuation', 'Who pays?', '«Who pays…»'],
    ['French accents', 'Où est passé l’été ?', "Ou est passe l'ete?"],
    ['composed and decomposed letters', 'caf\u00e9', 'cafe\u0301'],
    ['German sharp s and capitals', 'STRASSE', 'Straße'],
    ['letters without an accent to take off', 'Smørrebrød Łódź', 'smorrebrod lodz'],
    ['Turkish i', 'DIYARBAKIR', 'dıyarbakır'],
    ['Greek accents and final sigma', 'ΕΡΏΤΗΣΗΣ', 'ερωτησης'],
    ['Cyrillic', 'Кто ВСЁ оплатит?', 'кто все оплатит'],
    ['Arabic vowel points and stretching', 'مُحَمَّد', 'محـمـد'],
    ['Hebrew points', 'שָׁלוֹם', 'שלום'],
    ['full width', 'ＡＩ？', 'ai'],
    ['invisible characters', 'who\u200b pa\u00adys', 'who pays'],
    ['the way a picture is drawn', '\u2764\ufe0f AI', '\u2764 AI'],
    ['the kind of minus', 'At -5 degrees?', 'At −5 degrees'],
    ['hyphens between words and in ranges', 'Well-known in 2020-2025', 'well known in 2020–2025'],
    ['a bullet', '- 5 reasons', '5 reasons'],
  ])('does not tell texts apart by %s (QUE-7)', (_, one, other) => {
    expect(textKey(one)).toBe(textKey(other));
  });

  it.each([
    ['other words', 'Who pays?', 'Who pays now?'],
    ['symbols that mean something', 'Why C++?', 'Why C#?'],
    ['Hindi vowels, which are marks', 'कि', 'की'],
    ['Japanese voicing', 'か', 'が'],
    ['pictures', '🙂', '🙁'],
    ['punctuation alone', '?', '!'],
    ['a minus', 'Is it -5 degrees?', 'Is it 5 degrees?'],
    ['a minus of typographers', 'Is it −5 degrees?', 'Is it 5 degrees?'],
    ['a minus before a point', 'Why -.5?', 'Why .5?'],
    ['a plus', 'Is it +5?', 'Is it 5?'],
    ['a comparison', 'Is a < b?', 'Is a > b?'],
    ['inequality', 'Is a ≠ b?', 'Is a = b?'],
    ['inequality as programmers type it', 'Is a != b?', 'Is a = b?'],
    ['a currency', 'Is it 5 €?', 'Is it 5 $?'],
    ['per cent and per mille', '5 ‰?', '5 %?'],
    ['a paragraph of the law', '§ 5', '5'],
    ['a power', 'Are there 10² of them?', 'Are there 102 of them?'],
    ['a tag', 'What about #ai?', 'What about ai?'],
  ])('tells texts apart by %s (QUE-7)', (_, one, other) => {
    expect(textKey(one)).not.toBe(textKey(other));
  });

  it('stays short enough for an index whatever the text, and still tells texts apart', () => {
    const long = '\ufdfa'.repeat(499);
    expect(Buffer.byteLength(textKey('あ'.repeat(500)))).toBeLessThan(2_000);
    expect(textKey(long)).toHaveLength(43);
    expect(textKey(`${long}a`)).not.toBe(textKey(`${long}b`));
  });
});

describe('hasBlockedWord', () => {
  it.each([
    ['whatever the case', 'You IDIOT!', 'idiot'],
    ['whatever the accents of the text', 'Quel îdiôt', 'idiot'],
    ['whatever the accents of the word', 'cretin', 'Crétin'],
    ['after an apostrophe', "l'idiot du village", 'idiot'],
    ['between hyphens', 'semi-idiot-ish', 'idiot'],
    ['in a phrase', 'please  GO home, now', 'go home'],
    ['with invisible characters inside', 'id\u200biot', 'idiot'],
    ['in German', 'So ein SCHEISS', 'Scheiß'],
    ['in Greek', 'ΗΛΊΘΙΟΣ', 'ηλιθιος'],
    ['in Cyrillic', 'Ты дурёк', 'дурек'],
    ['in Arabic with vowel points', 'أنت غَبِيّ', 'غبي'],
    ['in Chinese, which has no spaces', '你是白痴吗', '白痴'],
    ['in Japanese', 'あなたはバカです', 'バカ'],
    ['in Thai', 'คุณโง่มาก', 'โง่'],
    ['as a picture', 'this is 🖕', '🖕'],
  ])('finds a blocked word %s (QUE-6)', (_, text, blocked) => {
    expect(hasBlockedWord(text, ['other', blocked])).toBe(true);
  });

  it.each([
    ['inside another word', 'Scunthorpe asks about the class', 'ass'],
    ['at the start of another word', 'idiotic', 'idiot'],
    ['inside another Cyrillic word', 'дурацкий', 'дурак'],
    ['with the words of a phrase apart', 'go back home', 'go home'],
  ])('lets a text pass with a blocked word %s (QUE-6)', (_, text, blocked) => {
    expect(hasBlockedWord(text, [blocked])).toBe(false);
  });

  it('blocks nothing where nothing is blocked', () => {
    expect(hasBlockedWord('anything', [])).toBe(false);
    expect(hasBlockedWord('anything', ['', ' ', '\u200b'])).toBe(false);
  });
});
