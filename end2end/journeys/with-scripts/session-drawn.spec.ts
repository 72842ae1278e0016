import type { Page } from '@playwright/test';
import { expect, test } from '../../test';

const WEEK = '/calendar/week/2026-10-26';

// The columns of the week are for wide screens; on a narrow one a session is planned from the day's own page.
test.use({ viewport: { width: 1440, height: 900 } });

test('a session is drawn on an empty stretch with the mouse, and the form opens with its day, its time and its length', async ({ page, signInAs }) => {
  await open(page, signInAs);
  const friday = page.locator('#grid .day__body').nth(4);
  const place = (await friday.boundingBox())!;
  const hour = async (name: string) => Number(await page.locator('#grid').getAttribute(name));
  const [opens, closes] = [await hour('data-opens'), await hour('data-closes')];
  const at = (hour: number) => place.y + ((hour - opens) / (closes - opens)) * place.height;
  await page.mouse.move(place.x + place.width / 2, at(15) + 2);
  await page.mouse.down();
  await page.mouse.move(place.x + place.width / 2, at(16.25), { steps: 6 });
  await expect(page.locator('.ev--new')).toContainText('15:00–16:15');
  // Where one already is, the stretch is shaded with its reason.
  await expect(page.locator('.ev--busy').filter({ hasText: 'you are at another session' }).first()).toBeAttached();
  await page.mouse.up();
  await whichGroup(page);
  await expect(page.getByLabel('First session')).toHaveValue('2026-10-30');
  await expect(page.getByLabel('Starts at')).toHaveValue('15:00');
  await expect(page.getByLabel('Length in minutes')).toHaveValue('75');
  await expect(page.getByRole('heading', { name: /Friday/ })).toBeVisible();
});

test('a session is begun by keys: after another, or with Enter on an empty day, moved, and left or planned', async ({ page, signInAs }) => {
  await open(page, signInAs);
  const grid = page.locator('#grid');
  const aire = grid.getByRole('link', { name: /^Aire group, group, Thursday 29 October/ });
  await aire.focus();
  await page.keyboard.press('n');
  await expect(page.getByRole('status').filter({ hasText: 'A new session.' })).toContainText('Thursday 29 October, 11:30 to 12:30');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('status').filter({ hasText: 'not possible, you are at another session' })).toBeAttached();
  await page.keyboard.press('Escape');
  await expect(grid.locator('.ev--new')).toHaveCount(0);
  await expect(aire).toBeFocused();

  const empty = grid.locator('.grid__day').filter({ hasNot: page.locator('.day__body a') }).first().locator('.day__head a');
  const name = (await empty.innerText()).split(/\s/)[0];
  await empty.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('+');
  await expect(page.getByRole('status').filter({ hasText: `${name}` })).toContainText('10:30 to 11:45');
  await page.keyboard.press('Enter');
  await whichGroup(page);
  await expect(page.getByLabel('Starts at')).toHaveValue('10:30');
  await expect(page.getByLabel('Length in minutes')).toHaveValue('75');
});

test('whoever plans nothing draws nothing', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto(WEEK);
  await expect(page.locator('#grid a[tabindex="0"]')).toHaveCount(1);
  await page.locator('#grid .day__head a').first().focus();
  await page.keyboard.press('n');
  await expect(page.locator('.ev--new')).toHaveCount(0);
  await expect(page.locator('#grid[data-plans]')).toHaveCount(0);
});

/** The week, once its islands are awake. */
async function open(page: Page, signInAs: (role: 'supervisor') => Promise<void>) {
  await signInAs('supervisor');
  await page.goto(WEEK);
  await expect(page.locator('#grid a[tabindex="0"]')).toHaveCount(1);
}

/** Where somebody leads several groups, they say for which it is. */
async function whichGroup(page: Page) {
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Plan a session');
  await page.getByRole('link', { name: 'Aire group' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Plan a series');
}
