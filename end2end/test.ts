// What every test starts with: a server and a database that no other worker touches, and a page that reports its own faults.

import { expect, test as base, type Page } from '@playwright/test';
import { startReverie, type Database, type Reverie } from './reverie';

export { expect };

export type Options = {
  database: Database;
  scripts: 'on' | 'off' | 'WebAssembly blocked';
};

type ForEachTest = {
  signInAs: (role: Role) => Promise<void>;
  faults: string[];
};

type ForEachWorker = {
  reverie: Reverie;
};

export type Role =
  | 'practitioner'
  | 'supervisor'
  | 'coordinator'
  | 'clinical lead'
  | 'authority lead'
  | 'safeguarding lead'
  | 'Department viewer'
  | 'evaluator'
  | 'administrator';

export const test = base.extend<ForEachTest, ForEachWorker & Options>({
  database: ['sqlite', { option: true, scope: 'worker' }],
  scripts: ['on', { option: true, scope: 'worker' }],

  reverie: [
    async ({ database }, use, worker) => {
      const reverie = await startReverie(database, `${worker.project.name}-${worker.parallelIndex}`.replaceAll(/[^a-z0-9]+/gi, '-'));
      await use(reverie);
      await reverie.stop();
    },
    { scope: 'worker' },
  ],

  baseURL: async ({ reverie }, use) => use(reverie.address),

  // Playwright hands fixtures on through `use`; what follows it runs after the test.
  page: async ({ page, scripts, faults }, use) => {
    if (scripts === 'WebAssembly blocked') {
      await page.route('**/*.wasm', (route) => route.abort());
    }
    collectFaults(page, scripts, faults);
    await use(page);
    expect(faults, 'A page must neither throw, nor write an error to the console, nor ask for something that is not there.').toEqual([]);
  },

  faults: async ({}, use) => use([]),

  signInAs: async ({ page }, use) => {
    await use(async (role) => {
      await page.goto('/sign-in');
      await page.getByRole('button', { name: new RegExp(`, ${role}$`, 'i') }).click();
      await expect(page).toHaveURL(/\/today$/);
    });
  },
});

function collectFaults(page: Page, scripts: Options['scripts'], faults: string[]) {
  page.on('pageerror', (error) => {
    // A browser that refuses WebAssembly says so in the page's script; nothing else may go wrong there.
    if (scripts !== 'WebAssembly blocked') {
      faults.push(`${page.url()} threw: ${error.message}`);
    }
  });
  page.on('console', (message) => {
    // Chromium reports every answer of 400 and above as an error of the page, also the pages that are meant to refuse.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource') && scripts === 'on') {
      faults.push(`${page.url()} wrote: ${message.text()}`);
    }
  });
  page.on('response', (response) => {
    if (response.status() >= 400 && response.request().resourceType() !== 'document') {
      faults.push(`${page.url()} asked for ${response.url()} and got ${response.status()}`);
    }
  });
}
