// The browser, and the ways in which people look at a page.

import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Opens Chromium from `path`, or the first on the PATH. */
export async function open(path) {
  const executablePath = path ?? onPath();
  if (!executablePath) throw new Error(`No browser found. Install Chromium (Debian, Ubuntu: apt-get install chromium) or give --browser PATH.`);
  // A sandbox needs rights that containers and root do not give; the only pages opened are our own.
  return chromium.launch({ executablePath, headless: true, args: ['--no-sandbox'] });
}

function onPath() {
  const folders = (process.env.PATH ?? '').split(':');
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** How a page is looked at; each is a browser context of its own. */
export const VIEWS = {
  desktop: { viewport: { width: 1280, height: 900 } },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
  narrow: { viewport: { width: 320, height: 640 }, hasTouch: true },
  contrast: { viewport: { width: 1280, height: 900 }, forcedColors: 'active' },
  unscripted: { viewport: { width: 1280, height: 900 }, javaScriptEnabled: false },
};
