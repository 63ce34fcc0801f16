import { act, cleanup, render, screen } from '@testing-library/react';
import { enterTopLayer, TopLayer } from './top-layer.js';

afterEach(cleanup);

it('puts messages into the dialog on top, and back when it is closed (WEB-70)', () => {
  render(
    <TopLayer>
      <p>A message</p>
    </TopLayer>,
  );
  const [lower, upper] = [document.createElement('dialog'), document.createElement('dialog')];
  const place = () => screen.getByText('A message').parentElement;
  expect(place()).toBe(document.body);
  let leaveUpper = () => {};
  let leaveLower = () => {};
  act(() => void (leaveLower = enterTopLayer(lower)));
  act(() => void (leaveUpper = enterTopLayer(upper)));
  expect(upper.textContent).toBe('A message');
  act(() => leaveUpper());
  expect(lower.textContent).toBe('A message');
  act(() => leaveLower());
  expect(place()).toBe(document.body);
});
