import { fireEvent, render, screen } from '@testing-library/react';
import { NumberedChoices } from './numbered-choices.js';

const chosen: string[] = [];
const choices = ['off topic', 'asked', 'unclear'].map((key) => ({
  key,
  content: key,
  onChoose: () => void chosen.push(key),
}));
const show = () =>
  render(
    <dialog open>
      <NumberedChoices choices={choices} />
      <input aria-label="own words" />
    </dialog>,
  );

beforeEach(() => (chosen.length = 0));

describe('the choices of a dialog (WEB-154)', () => {
  it('are chosen by their number', () => {
    show();
    fireEvent.keyDown(screen.getByText('off topic'), { key: '2' });
    fireEvent.keyDown(screen.getByText('off topic'), { key: '5' });
    expect(chosen).toEqual(['asked']);
  });

  it('are not chosen while the person types a number', () => {
    show();
    fireEvent.keyDown(screen.getByLabelText('own words'), { key: '1' });
    fireEvent.keyDown(screen.getByText('asked'), { key: '1', ctrlKey: true });
    expect(chosen).toEqual([]);
  });

  it('begin with the one that the dialog gives the focus to', () => {
    show();
    expect(screen.getByText('off topic').closest('button')?.hasAttribute('autofocus')).toBe(true);
  });
});
