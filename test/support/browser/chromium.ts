import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

interface ChromiumOptions {
  /** Camera and microphone need the permission of the test, as of a person. */
  readonly asksForDevices?: boolean;
}

/** The system's browser, headless, with a camera and a microphone that need no hardware and no permission. CHROMIUM names another. */
export function launchChromium(more: readonly string[] = [], { asksForDevices = false }: ChromiumOptions = {}) {
  const executablePath = chromiumPath();
  return chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-dev-shm-usage',
      '--autoplay-policy=no-user-gesture-required',
      '--use-fake-device-for-media-stream',
      ...(asksForDevices ? [] : ['--use-fake-ui-for-media-stream']),
      ...more,
    ],
  });
}

/** The same with a profile folder that exists, and so with the settings in it. */
export function launchProfile(folder: string) {
  return chromium.launchPersistentContext(folder, {
    executablePath: chromiumPath(),
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
    locale: 'en',
  });
}

function chromiumPath(): string {
  const path = process.env.CHROMIUM ?? PLACES.find((place) => existsSync(place));
  if (path) return path;
  throw new Error('No Chromium found; `npm test` installs it on Debian and Ubuntu, elsewhere set CHROMIUM to one.');
}
