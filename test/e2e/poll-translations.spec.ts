import { type Browser, type Locator, type Page } from 'playwright-core';
import { launchChromium } from '../support/browser/chromium.js';
import { type HubProcesses, startHubProcesses } from '../support/hub/hub-process.js';
import { until } from '../support/until.js';
import { visitors } from '../support/browser/visitors.js';

let hub: HubProcesses;
let browser: Browser;
let people: ReturnType<typeof visitors>;

beforeAll(async () => {
  hub = await startHubProcesses();
  browser = await launchChromium();
  people = visitors(browser);
}, 120_000);

afterEach(() => people.close());
afterAll(() => Promise.allSettled([browser?.close(), hub?.close()]), 60_000);

const pollNamed = (desk: Page, name: string) => desk.getByTestId('moderated-poll').filter({ hasText: name });
const menu = async (poll: Locator, act: string) => {
  await poll.getByRole('button', { name: 'More' }).click();
  await poll.page().getByRole('menuitem', { name: act }).click();
};
const translations = (dialog: Locator) => dialog.locator('summary').filter({ hasText: 'Translations' });
const language = (dialog: Locator, name: string) => dialog.getByRole('group', { name });

describe('a poll in several languages', () => {
  it('is written in one form, shows what is missing, and is read in each language; copies keep it (WEB-178)', async () => {
    const { page: desk, complaints } = await people.open(`${hub.url}/demo/moderator`, { reducedMotion: 'reduce' });
    await desk.getByTestId('moderated-question').first().waitFor();
    const running = desk.getByTestId('moderated-poll').getByRole('button', { name: 'Close', exact: true });
    if ((await running.count()) > 0) await running.first().click();
    await desk.getByRole('button', { name: 'New poll' }).click();
    const dialog = desk.getByRole('dialog');
    await dialog.getByLabel('What do you ask?').fill('Where first?');
    await dialog.getByLabel('Answer 1', { exact: true }).fill('Health');
    await dialog.getByLabel('Answer 2', { exact: true }).fill('Education');
    expect(await language(dialog, 'Français').isVisible()).toBe(false);
    expect(await translations(dialog).textContent()).toMatch(/Français · 3 texts missing/);

    await translations(dialog).click();
    await language(dialog, 'Français').getByLabel('Question').fill('Où d’abord ?');
    await language(dialog, 'Français').getByLabel('Question').press('Enter');
    await desk.keyboard.type('Santé');
    expect(await translations(dialog).textContent()).toMatch(/Français · 1 text missing/);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await pollNamed(desk, 'Where first?').waitFor();

    await menu(pollNamed(desk, 'Where first?'), 'Edit poll');
    expect(await translations(dialog).textContent()).toMatch(/Français · 1 text missing/);
    await translations(dialog).click();
    await language(dialog, 'Français').getByLabel('Answer 2').fill('Éducation');
    await dialog.getByRole('button', { name: 'Move answer 2 up' }).click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await until('a copy of what was saved', async () => {
      await menu(pollNamed(desk, 'Where first?'), 'Duplicate');
      if (/Français · complete/.test((await translations(dialog).textContent()) ?? '')) return true;
      await desk.keyboard.press('Escape'); // the saved poll reaches the desk by its feed, within a second
      await dialog.waitFor({ state: 'hidden' });
      return false;
    });
    await dialog.getByLabel('What do you ask?').fill('Where next?');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await pollNamed(desk, 'Where next?').getByRole('button', { name: 'Open', exact: true }).click();

    const { page: reader } = await people.open(`${hub.url}/ai-week/s/anniversary?lang=fr&tab=poll`, { locale: 'fr' });
    const panel = reader.getByRole('tabpanel');
    await panel.getByText('Où d’abord ?').first().waitFor();
    const options = await until('the answers', async () => {
      const texts = await panel
        .getByRole('radio')
        .evaluateAll((inputs) =>
          inputs.map(
            (input) =>
              (input as unknown as { closest(css: string): { textContent: string } }).closest('label').textContent,
          ),
        );
      return texts.length > 0 && texts;
    });
    expect(options.map((text) => text.trim())).toEqual(['Éducation', 'Santé']);
    expect(await pollNamed(desk, 'Where first?').getByRole('button', { name: 'Open', exact: true }).count()).toBe(1);
    expect(complaints.filter((complaint) => !complaint.includes('503'))).toEqual([]);
  }, 90_000);
});
