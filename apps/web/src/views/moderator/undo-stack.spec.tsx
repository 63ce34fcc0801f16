import { jest } from '@jest/globals';
import { act, render, screen } from '@testing-library/react';
import { Toasts } from '../../ui/toast.js';
import { forgetActs, offerUndo, undoNewest } from './undo-stack.js';

const taken: string[] = [];
const offer = (name: string) => offerUndo(name, `Undo ${name}`, () => Promise.resolve(taken.push(name)));

beforeEach(() => {
  jest.useFakeTimers();
  taken.length = 0;
  forgetActs();
});
afterEach(() => {
  act(() => void jest.runAllTimers());
  jest.useRealTimers();
});

describe('taking acts back (WEB-150)', () => {
  it('undoes the act that its message names, also when another followed', () => {
    render(<Toasts />);
    act(() => ['one', 'two'].forEach(offer));
    act(() => screen.getByText('Undo one').click());
    expect(taken).toEqual(['one']);
    expect(screen.queryByText('one')).toBeNull();
    expect(screen.getByText('two')).toBeTruthy();
  });

  it('takes the newest back first, then the one before, each with its message', () => {
    render(<Toasts />);
    act(() => ['first', 'second'].forEach(offer));
    act(undoNewest);
    expect(screen.queryByText('second')).toBeNull();
    act(undoNewest);
    act(undoNewest);
    expect(taken).toEqual(['second', 'first']);
    expect(screen.queryByText('first')).toBeNull();
  });

  it('is offered for ten seconds', () => {
    render(<Toasts />);
    act(() => offer('late'));
    act(() => void jest.advanceTimersByTime(10_000));
    act(undoNewest);
    expect(taken).toEqual([]);
  });
});
