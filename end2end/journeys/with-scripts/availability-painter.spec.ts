import type { Page } from '@playwright/test';
import { expect, test } from '../../test';

test('the hours of a week are painted with the mouse, saved, and there when one comes back', async ({ page, signInAs }) => {
  await open(page, signInAs);
  await expect(cell(page, 'Sunday 09:00', 'not free')).toBeVisible();
  const [from, to] = await ends(page, 'Sunday 09:00', 'Sunday 11:30');
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 12 });
  await page.mouse.up();
  for (const time of ['09:00', '10:00', '11:30']) {
    await expect(cell(page, `Sunday ${time}`, 'free')).toBeVisible();
  }
  await expect(cell(page, 'Sunday 12:00', 'not free')).toBeVisible();

  // Two further presses: preferred, and not free again. The other button of the mouse paints nothing.
  await cell(page, 'Sunday 09:00', 'free').click();
  await expect(cell(page, 'Sunday 09:00', 'preferred')).toBeVisible();
  await cell(page, 'Sunday 09:00', 'preferred').click({ button: 'right' });
  await expect(cell(page, 'Sunday 09:00', 'preferred')).toBeVisible();
  await cell(page, 'Sunday 11:30', 'free').click();
  await cell(page, 'Sunday 11:30', 'preferred').click();
  await expect(cell(page, 'Sunday 11:30', 'not free')).toBeVisible();

  await save(page);
  await expect(cell(page, 'Sunday 09:00', 'preferred')).toBeVisible();
  await expect(page.locator('.item__title').getByText('Sunday, 09:00 to 09:30')).toBeVisible();
  await expect(page.locator('.item__title').getByText('Sunday, 09:30 to 11:30')).toBeVisible();
});

test('the hours of a week are painted by keys alone', async ({ page, signInAs }) => {
  await open(page, signInAs);
  await cell(page, 'Sunday 14:00', 'not free').focus();
  await page.keyboard.press('Space');
  await expect(cell(page, 'Sunday 14:00', 'free')).toBeFocused();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(cell(page, 'Sunday 15:00', 'free')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(cell(page, 'Sunday 15:00', 'free')).toBeFocused();
  await page.keyboard.press('End');
  await expect(page.locator('[data-cell]:focus')).toHaveAccessibleName(/^Sunday 1[5-9]:30|^Sunday 2/);
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-cell]:focus')).toHaveAccessibleName(/, free$/);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  // One stop for Tab among the half hours, and the next is the button that saves.
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Save the week' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status')).toContainText('The hours are saved.');
  await expect(page.locator('.item__title').getByText('Sunday, 14:00 to 15:30')).toBeVisible();
});

test('a finger paints where it goes', async ({ page, signInAs }) => {
  await open(page, signInAs);
  const finger = await page.context().newCDPSession(page);
  const touch = (type: string, points: { x: number; y: number }[]) => finger.send('Input.dispatchTouchEvent', { type: type as 'touchStart', touchPoints: points });
  // Where there is a finger, nothing is said of keys, and what stands below moves up.
  await finger.send('Emulation.setTouchEmulationEnabled', { enabled: true });
  const [from, to] = await ends(page, 'Sunday 16:00', 'Sunday 17:00');
  const before = await page.evaluate(() => window.scrollY);
  await touch('touchStart', [from]);
  for (const share of [0.25, 0.5, 0.75, 1]) {
    await touch('touchMove', [{ x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }]);
  }
  await touch('touchEnd', []);
  for (const time of ['16:00', '16:30', '17:00']) {
    await expect(cell(page, `Sunday ${time}`, 'free')).toBeVisible();
  }
  await expect(cell(page, 'Sunday 17:30', 'not free')).toBeVisible();
  expect(await page.evaluate(() => window.scrollY)).toBe(before);
  // What was not saved is not there when one comes back.
  await page.reload();
  await expect(cell(page, 'Sunday 16:00', 'not free')).toBeVisible();
});

/** One's own availability, once the painter is awake. */
async function open(page: Page, signInAs: (role: 'supervisor') => Promise<void>) {
  await signInAs('supervisor');
  await page.goto('/availability');
  await expect(page.getByRole('group', { name: 'Every week' })).toBeVisible();
  // The letters, once they are there, may move what stands below them.
  await page.evaluate(async () => document.fonts.ready);
}

function cell(page: Page, when: string, state: string) {
  return page.getByRole('button', { name: `${when}, ${state}`, exact: true });
}

/** The middles of two half hours that are both in view: whatever brings one there may move the other. */
async function ends(page: Page, first: string, last: string): Promise<[Place, Place]> {
  await middle(page, last);
  await middle(page, first);
  return [await middle(page, first), await middle(page, last)];
}

type Place = { x: number; y: number };

async function middle(page: Page, when: string): Promise<Place> {
  const half = page.getByRole('button', { name: new RegExp(`^${when}, `) });
  await half.scrollIntoViewIfNeeded();
  const box = (await half.boundingBox())!;
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function save(page: Page) {
  await page.getByRole('button', { name: 'Save the week' }).click();
  await expect(page.getByRole('status')).toContainText('The hours are saved.');
}
