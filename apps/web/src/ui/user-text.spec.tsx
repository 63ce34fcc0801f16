import { render } from '@testing-library/react';
import { isolate, neutraliseBidi } from '#libs/contract/direction';
import { textsOf } from '../testing/texts.js';
import { countCharacters } from './text-field.js';
import { UserText } from './user-text.js';
import { formatCountdown } from './countdown.js';

describe('text of the audience', () => {
  it('cannot turn the direction of what stands beside it (WEB-13)', () => {
    expect(neutraliseBidi('safe\u202etxt.exe\u2066')).toBe('safetxt.exe');
    const { container } = render(<UserText>{'a\u202eb'}</UserText>);
    expect(container.querySelector('bdi')?.textContent).toBe('ab');
  });

  it('stands in a sentence without turning its direction, also in a label (WEB-132)', async () => {
    const { t } = await textsOf('en');
    expect(t('zone.event', { ns: 'programme', zone: 'ירושלים' })).toContain('\u2068ירושלים\u2069');
    expect(t('zone.event', { ns: 'programme', zone: 'Brussels' })).not.toContain('\u2068');
    expect([isolate('مرحبا'), isolate('Łódź 5 €')]).toEqual(['\u2068مرحبا\u2069', 'Łódź 5 €']);
  });

  it('is shown as text, never as markup (WEB-13)', () => {
    const { container } = render(<UserText>{'<img src=x onerror=alert(1)>'}</UserText>);
    expect(container.querySelector('img')).toBeNull();
  });

  it('is counted by characters, as the server does', () => {
    expect(countCharacters('👍🏽é')).toBe([...'👍🏽é'].length);
  });
});

describe('a countdown', () => {
  it('never goes below zero, and has hours when it needs them', () => {
    expect([formatCountdown(-5), formatCountdown(65_000), formatCountdown(3_729_000)]).toEqual([
      '0:00',
      '1:05',
      '1:02:09',
    ]);
  });
});
