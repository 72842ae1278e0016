// What every test starts with: a server and a database that no other worker touches, and a page that reports its own faults.

import { expect, test as base, type BrowserContext, type Page } from '@playwright/test';
import { startReverie, type Database, type Reverie } from './reverie';

export { expect };

export type Options = {
  database: Database;
  scripts: Scripts;
  /** The moment at which the clock of the server stands. */
  now: string;
};

export type Scripts = 'on' | 'off' | 'WebAssembly blocked';

type ForEachTest = {
  /** Signs in as the demonstration's person of a role. */
  signInAs: (role: Role) => Promise<void>;
  /** Another window of the same browser, signed in as the first one is. */
  anotherWindow: () => Promise<Page>;
  /** What went wrong on any page of the test, in sentences. */
  faults: string[];
};

type ForEachWorker = {
  reverie: Reverie;
  signedIn: Map<Role, Cookies>;
};

type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>;

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
  // A Thursday morning, ten minutes before ten by British Summer Time.
  now: ['2026-10-22T08:50:00Z', { option: true, scope: 'worker' }],

  reverie: [
    async ({ database, now }, use, worker) => {
      const reverie = await startReverie(database, now, `${worker.project.name}-${worker.parallelIndex}`.replaceAll(/[^a-z0-9]+/gi, '-'));
      await use(reverie);
      await reverie.stop();
    },
    { scope: 'worker' },
  ],

  signedIn: [async ({}, use) => use(new Map()), { scope: 'worker' }],

  baseURL: async ({ reverie }, use) => use(reverie.address),

  // Playwright hands fixtures on through `use`; what follows it runs after the test.
  page: async ({ page, scripts, faults, reverie }, use) => {
    await watch(page, reverie, scripts, faults);
    // A worker keeps its window, and a second window of an earlier test may have left it behind. Nothing comes to life in a hidden page.
    await page.bringToFront();
    await use(page);
    expect(faults, 'A page must neither throw, nor write an error to the console, nor ask for something that is not there or elsewhere.').toEqual([]);
  },

  anotherWindow: async ({ page, scripts, faults, reverie }, use) => {
    await use(async () => {
      const window = await page.context().newPage();
      await watch(window, reverie, scripts, faults);
      return window;
    });
  },

  faults: async ({}, use) => use([]),

  // The first test of a worker goes through the form; the others take up its cookies, which saves each of them two pages.
  signInAs: async ({ page, signedIn }, use) => {
    await use(async (role) => {
      const cookies = signedIn.get(role);
      // Whoever signs in over somebody else signs them out, and their cookies would be of no use to the next test.
      await forgetSignIn(page);
      if (cookies) {
        await page.context().addCookies(cookies);
      } else {
        await enterAs(page, role);
        signedIn.set(role, await page.context().cookies());
      }
    });
  },
});

/** Signs in on a device of its own, as the demonstration's person of a role. */
export async function enterAs(page: Page, role: Role) {
  await page.goto('/sign-in');
  const people = page.getByRole('region', { name: 'Look around as' });
  await people.getByRole('button', { name: new RegExp(`${role}(,|$)`, 'i') }).click();
  await expect(page).toHaveURL(/\/today$/);
}

/** Forgets who is signed in here, on no page: an open page that finds itself signed out loads itself again, and would get in the way of the next one. */
export async function forgetSignIn(page: Page) {
  await page.goto('about:blank');
  await page.context().clearCookies();
}

/** What Chromium says when it may not have what the page's script asks for. */
const refusedWebAssembly = /Failed to fetch|WebAssembly/;

async function watch(page: Page, reverie: Reverie, scripts: Scripts, faults: string[]) {
  if (scripts === 'WebAssembly blocked') {
    await page.route('**/*.wasm', (route) => route.abort());
  }
  page.on('pageerror', (error) => {
    // A browser that refuses WebAssembly says so in the page's script; nothing else may go wrong there.
    if (scripts !== 'WebAssembly blocked' || !refusedWebAssembly.test(error.message)) {
      faults.push(`${page.url()} threw: ${error.message}`);
    }
  });
  page.on('console', (message) => {
    // Chromium reports every answer of 400 and above as an error of the page, also the pages that are meant to refuse.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      faults.push(`${page.url()} wrote: ${message.text()}`);
    }
  });
  page.on('response', (response) => {
    // What an open page shows may be gone by the time that it looks again, which is how it finds out.
    const isGone = response.status() === 404 && 'x-again' in response.request().headers();
    if (response.status() >= 400 && response.request().resourceType() !== 'document' && !isGone) {
      faults.push(`${page.url()} asked for ${response.url()} and got ${response.status()}`);
    }
  });
  page.on('request', (request) => {
    // Somebody who follows a link leaves by their own choice; a page may ask for nothing anywhere else. What a new page asks for first is told
    // while its address is still that of the page before.
    const homes = [reverie.address, page.url()].map((address) => new URL(address).origin);
    const isElsewhere = request.url().startsWith('http') && !homes.includes(new URL(request.url()).origin);
    if (isElsewhere && !request.isNavigationRequest()) {
      faults.push(`${page.url()} asked another origin for ${request.url()}`);
    }
  });
}
