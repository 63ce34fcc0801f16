import { render, screen, waitFor } from '@testing-library/react';
import { useIsPainted } from './use-is-painted.js';

const rendered: boolean[] = [];
function List() {
  const isPainted = useIsPainted();
  rendered.push(isPainted);
  return <output>{isPainted ? 'all' : 'first'}</output>;
}

describe('what is below the fold', () => {
  beforeEach(() => rendered.splice(0));

  it('is rendered after the first items were painted (WEB-194)', async () => {
    render(<List />);
    expect(screen.getByRole('status').textContent).toBe('first');
    await waitFor(() => expect(screen.getByRole('status').textContent).toBe('all'));
    expect(rendered).toEqual([false, true]);
  });

  it('is not rendered any more once the list is gone (WEB-194)', async () => {
    const { unmount } = render(<List />);
    unmount();
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 1)));
    expect(rendered).toEqual([false]);
  });
});
