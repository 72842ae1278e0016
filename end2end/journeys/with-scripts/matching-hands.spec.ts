import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../../test';

// People are dragged on a wide screen. A moment of its own gives these tests a server of their own: they change the board.
test.use({ viewport: { width: 1440, height: 900 }, now: '2026-10-22T08:50:17Z' });

test('while somebody is in hand every place says what it would do to the score, and where they are put that is what the server finds', async ({ page, signInAs }) => {
  await open(page, signInAs);
  const { name, place, change } = await freeMove(page);
  const before = await score(page);

  await person(page, name).focus();
  await page.keyboard.press('m');
  await stepTo(page, place);
  await expect(said(page)).toContainText(`${name} to ${place}: score ${figure(before + change)} (${signed(change)}).`);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status')).toContainText('Moved. Nobody is told anything of it.');
  await expect(page.getByRole('article', { name: place }).getByRole('link', { name, exact: true })).toBeVisible();
  expect(await score(page)).toBe(before + change);

  await page.getByRole('region', { name: 'Changed by hand' }).getByRole('button', { name: /^Undo/ }).click();
  await expect(page.getByRole('status')).toContainText('The last change is taken back.');
  expect(await score(page)).toBe(before);
});

test('with the mouse somebody is put where a rule is broken, and the page asks for the reason', async ({ page, signInAs }) => {
  await open(page, signInAs);
  const link = firstMember(page);
  const name = await link.innerText();
  await takeWithMouse(page, link);
  const barred = page.locator('article[data-way="reason"]').first();
  await barred.scrollIntoViewIfNeeded();
  const place = (await barred.getAttribute('data-name')) ?? '';
  const over = await middle(barred.getByRole('heading'));
  await page.mouse.move(over.x, over.y, { steps: 4 });
  await expect(page.locator('.in-hand')).toHaveText(new RegExp(`^${name} to ${place}: score [\\d,]+ \\([+−]?[\\d,]+\\)\\. .+ It needs a reason\\.$`));
  await page.mouse.up();

  await expect(page).toHaveURL(/\/matching\/1\?person=[a-z0-9]+&to=group-\d+#where$/);
  const to = page.getByRole('region', { name: `Where else could ${name} go?` }).getByRole('combobox', { name: 'Where to' });
  await expect(to).toHaveValue(/^group-\d+$/);
  await expect(to.locator('option:checked')).toContainText(place);
});

test('whoever is let go over nothing, or left with Escape, stays where they were', async ({ page, signInAs }) => {
  await open(page, signInAs);
  const link = firstMember(page);
  const name = await link.innerText();
  await takeWithMouse(page, link);
  await page.mouse.move(2, 450, { steps: 3 });
  await page.mouse.up();
  await expect(said(page)).toContainText(`${name} stays where they were.`);
  await expect(link).toBeFocused();
  await expect(page).toHaveURL('/matching/1');

  // The link still leads to them.
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: new RegExp(`^Why ${name} is in Group`) })).toBeVisible();
  await page.goto('/matching/1');
  await expect(page.locator('.has-hands')).toBeAttached();
  await link.focus();
  await page.keyboard.press('m');
  await expect(said(page)).toContainText(`${name} is in your hand.`);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Escape');
  await expect(said(page)).toContainText(`${name} stays where they were.`);
  await expect(page.locator('[data-way]')).toHaveCount(0);
});

test('the engine of groups is loaded on a board alone', async ({ page, signInAs }) => {
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
  const ofTheEngine = () => new Set(loaded.filter((path) => /\/matching\.(js|wasm)$/.test(path))).size;
  await signInAs('coordinator');
  await page.goto('/matching');
  await page.waitForLoadState('networkidle');
  expect(ofTheEngine()).toBe(0);
  await page.goto('/matching/1');
  await expect(page.locator('.has-hands')).toBeAttached();
  await expect.poll(ofTheEngine).toBe(2);
});

/** A board whose hands are there. */
async function open(page: Page, signInAs: (role: 'coordinator') => Promise<void>) {
  await signInAs('coordinator');
  await page.goto('/matching/1');
  await expect(page.locator('.has-hands')).toBeAttached();
}

/** Somebody who could go to another group without a rule being broken, as the page beside the board has it. */
async function freeMove(page: Page) {
  const links = page.getByRole('article').getByRole('list').getByRole('link');
  const people = await links.count();
  for (let place = 0; place < people; place += 1) {
    const name = await links.nth(place).innerText();
    await links.nth(place).click();
    const where = page.getByRole('region', { name: `Where else could ${name} go?` });
    await expect(where).toBeVisible();
    await page.waitForLoadState();
    const free = where.getByRole('listitem').filter({ has: page.getByRole('button', { name: /: group \d+$/ }) }).first();
    if (await free.isVisible()) {
      const group = (await free.locator('b').first().innerText()).trim();
      const change = number(await free.locator('b.num').innerText());
      await page.goto('/matching/1');
      await expect(page.locator('.has-hands')).toBeAttached();
      return { name, place: group, change };
    }
  }
  throw new Error('Nobody on this board could go to another group.');
}

async function takeWithMouse(page: Page, link: Locator) {
  await link.scrollIntoViewIfNeeded();
  const began = await middle(link);
  await page.mouse.move(began.x, began.y);
  await page.mouse.down();
  await page.mouse.move(began.x + 8, began.y + 8);
  await expect(page.locator('[data-change]').first()).toBeAttached();
}

async function stepTo(page: Page, place: string) {
  await expect(said(page)).toContainText('is in your hand.');
  await expect(page.locator('[data-change]').first()).toBeAttached();
  for (const key of ['ArrowDown', 'ArrowUp']) {
    for (let steps = 0; steps < 40; steps += 1) {
      await page.keyboard.press(key);
      if (await page.locator(`[data-over][data-name="${place}"]`).isVisible()) {
        return;
      }
    }
  }
  throw new Error(`The arrows did not come to ${place}.`);
}

function firstMember(page: Page) {
  return page.locator('article [data-who]').first().getByRole('link');
}

function person(page: Page, name: string) {
  return page.locator('[data-who]').getByRole('link', { name, exact: true }).first();
}

function said(page: Page) {
  return page.locator('leptos-island').filter({ has: page.locator('.match') }).locator('> [aria-live="polite"]');
}

async function middle(target: Locator) {
  const box = await target.boundingBox();
  return { x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 };
}

async function score(page: Page) {
  const words = await page.getByRole('term').filter({ hasText: 'Score' }).locator('xpath=following-sibling::dd[1]').innerText();
  return number(words.split(' ')[0] ?? '');
}

function number(words: string) {
  return Number(words.replaceAll(/[,+]/g, '').replace('−', '-'));
}

function figure(value: number) {
  return value.toLocaleString('en-GB').replace('-', '−');
}

function signed(value: number) {
  return value > 0 ? `+${figure(value)}` : figure(value);
}
