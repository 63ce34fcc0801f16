import { act, render, screen } from '@testing-library/react';
import { Store } from '#libs/client/store';
import { useSlicedStore } from './use-sliced-store.js';

function Shown({ store }: { readonly store: Store<number> }) {
  return <output>{useSlicedStore(store)}</output>;
}
const shown = () => screen.getByRole('status').textContent;

describe('a store that is followed in slices', () => {
  it('shows what it holds, and the last of many changes (WEB-194)', () => {
    const store = new Store(1);
    render(<Shown store={store} />);
    expect(shown()).toBe('1');
    act(() => [2, 3, 4].forEach((value) => store.set(value)));
    expect(shown()).toBe('4');
  });

  it('shows another store at once, and follows the first no more (WEB-194)', () => {
    const [one, other] = [new Store(1), new Store(10)];
    const { rerender } = render(<Shown store={one} />);
    rerender(<Shown store={other} />);
    expect(shown()).toBe('10');
    act(() => one.set(2));
    expect(shown()).toBe('10');
    act(() => other.set(11));
    expect(shown()).toBe('11');
  });

  it('shows what changed between the first rendering and the subscription (WEB-194)', () => {
    const store = new Store(1);
    const late = { getSnapshot: () => store.getSnapshot(), subscribe: (listener: () => void) => (store.set(5), store.subscribe(listener)) }; // prettier-ignore
    render(<Shown store={late as unknown as Store<number>} />);
    expect(shown()).toBe('5');
  });
});
