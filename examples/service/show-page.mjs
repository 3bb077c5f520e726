/** Uses the page in a browser, if there is one. */

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

function findBrowser() {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name))).find((file) => existsSync(file));
}

/** @param {string} url - The service's. */
export async function showPage(url) {
  const executablePath = findBrowser();
  if (executablePath === undefined) {
    console.log(`the page is not shown: there is no ${NAMES.join(', ')} on the PATH`);
    return;
  }
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-background-networking'] });
  try {
    const page = await browser.newPage();
    const errors = [];
    page.on('pageerror', (error) => errors.push(error));
    await page.goto(url);

    // The page itself clicks at the first progress; a message to it might arrive when all is done.
    await page.evaluate(() => {
      const [state, cancel] = ['state', 'cancel'].map((id) => document.getElementById(id));
      const observer = new MutationObserver(() => {
        if (!state.textContent.startsWith('indexed')) return;
        observer.disconnect();
        cancel.click();
      });
      observer.observe(state, { childList: true });
    });
    await page.click('#start');
    await page.waitForFunction(() => document.getElementById('state').textContent === 'cancelled');
    const cancelledAt = await page.evaluate(() => document.getElementById('progress').value);
    assert.ok(cancelledAt < 1);

    await page.click('#start');
    await page.waitForFunction(() => /^indexed \d+ documents$/.test(document.getElementById('state').textContent));
    await page.fill('[name=q]', 'lighthouse');
    await page.press('[name=q]', 'Enter');
    await page.waitForSelector('#hits li');

    await page.setInputFiles('#picture', fileURLToPath(new URL('../blur/lighthouse.png', import.meta.url)));
    await page.waitForFunction(() => document.getElementById('thumbnail').naturalWidth === 300);
    assert.deepEqual(errors, []);
    console.log(
      `the page in ${path.basename(executablePath)} ${browser.version()}: indexing cancelled at ` +
        `${(100 * cancelledAt).toFixed(0)} %, then done; a search and a thumbnail`,
    );
  } finally {
    await browser.close();
  }
}
