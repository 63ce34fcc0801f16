import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { TabPanel, Tabs } from './tabs.js';

afterEach(cleanup);

const VALUES = ['questions', 'poll', 'about'] as const;
type Value = (typeof VALUES)[number];

function Page() {
  const [value, setValue] = useState<Value>('questions');
  const tabs = VALUES.map((one) => ({ value: one, label: one }));
  return (
    <Tabs label="The session" value={value} onChange={setValue} tabs={tabs}>
      {VALUES.map((one) => (
        <TabPanel key={one} value={one}>{`What ${one} shows`}</TabPanel>
      ))}
    </Tabs>
  );
}

const tab = (name: Value) => screen.getByRole('tab', { name });
const press = (key: string, more = {}) => fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more });
const chosen = () => screen.getAllByRole('tab', { selected: true }).map(({ textContent }) => textContent);

describe('tabs (WEB-202)', () => {
  it('are one stop of the Tab key; arrow keys, Home and End choose, and the first follows the last', () => {
    render(<Page />);
    expect(screen.getAllByRole('tab').map(({ tabIndex }) => tabIndex)).toEqual([0, -1, -1]);
    tab('questions').focus();
    for (const [key, value] of [
      ['ArrowRight', 'poll'],
      ['End', 'about'],
      ['ArrowRight', 'questions'],
      ['ArrowLeft', 'about'],
      ['Home', 'questions'],
    ] as const) {
      press(key);
      expect([chosen(), document.activeElement]).toEqual([[value], tab(value)]);
    }
    expect(screen.getAllByRole('tab').map(({ tabIndex }) => tabIndex)).toEqual([0, -1, -1]);
  });

  it('leave other keys, and those of the browser, alone', () => {
    render(<Page />);
    tab('questions').focus();
    expect(press('ArrowDown')).toBe(true);
    expect(press('ArrowLeft', { altKey: true })).toBe(true);
    expect(chosen()).toEqual(['questions']);
  });

  it('show the panel of the chosen tab alone, which is named after it', () => {
    render(<Page />);
    fireEvent.click(tab('poll'));
    expect(chosen()).toEqual(['poll']);
    const panel = screen.getByRole('tabpanel', { name: 'poll' });
    expect([panel.textContent, panel.id, panel.tabIndex]).toEqual(['What poll shows', tab('poll').getAttribute('aria-controls'), 0]); // prettier-ignore
    expect(screen.queryByText('What questions shows')).toBeNull();
    expect(screen.getAllByRole('tabpanel')).toHaveLength(1);
  });
});
