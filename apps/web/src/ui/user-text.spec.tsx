import { render } from '@testing-library/react';
import { neutraliseBidi } from '#libs/contract/direction';
import { countCharacters } from './text-field.js';
import { UserText } from './user-text.js';
import { formatCountdown } from './countdown.js';

describe('text of the audience', () => {
  it('cannot turn the direction of what stands beside it (WEB-13)', () => {
    expect(neutraliseBidi('safe\u202etxt.exe\u2066')).toBe('safetxt.exe');
    const { container } = render(<UserText>{'a\u202eb'}</UserText>);
    expect(container.querySelector('bdi')?.textContent).toBe('ab');
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
