import { fireEvent, render, screen } from '@testing-library/react';
import type { Question } from '#libs/contract/question';
import { ApproveAll } from './approve-all.js';

// jsdom has the element without its methods.
HTMLDialogElement.prototype.showModal = function open() {
  this.open = true;
};
HTMLDialogElement.prototype.close = function close() {
  this.open = false;
};

const question = (id: string): Question => ({
  id,
  n: 1,
  text: 'Who pays?',
  state: 'pending',
  pinned: false,
  score: 1,
  author: null,
  anonymous: true,
  askedAt: '2026-03-17T09:00:00.000Z',
});

describe('approving all that wait (WEB-153)', () => {
  it('asks first, and approves the questions that were shown when it asked', () => {
    const approved: string[] = [];
    const onApprove = (questions: readonly Question[]) => approved.push(...questions.map(({ id }) => id));
    const { rerender } = render(<ApproveAll questions={[question('a'), question('b')]} onApprove={onApprove} />);
    fireEvent.click(screen.getByText('approve-all.action'));
    expect(approved).toEqual([]);
    rerender(<ApproveAll questions={[question('a'), question('b'), question('late')]} onApprove={onApprove} />);
    fireEvent.click(screen.getByText('act.approve'));
    expect(approved).toEqual(['a', 'b']);
  });

  it('is not offered for a single question', () => {
    render(<ApproveAll questions={[question('a')]} onApprove={() => undefined} />);
    expect(screen.queryByText('approve-all.action')).toBeNull();
  });
});
