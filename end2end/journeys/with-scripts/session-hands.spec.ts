import type { Page } from '@playwright/test';
import { saveAllTheSame } from '../../pages/ways';
import { expect, test } from '../../test';

const WEEK = '/calendar/week/2026-10-26';

// The columns of the week are for wide screens; on a narrow one a session is moved from its own page.
test.use({ viewport: { width: 1440, height: 900 } });

test('a session is moved by keys: to the day before and an hour later, and its page asks which sessions change', async ({ page, signInAs }) => {
  await open(page, signInAs);
  const aire = page.locator('#grid').getByRole('link', { name: /^Aire group, group, Thursday 29 October/ });
  await aire.focus();
  await page.keyboard.press('m');
  await expect(page.getByRole('status').filter({ hasText: 'Moving.' })).toBeAttached();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('status').filter({ hasText: 'Wednesday 28 October, 11:00 to 12:30' })).toBeAttached();
  await expect(aire).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/move\?scope=this&starts_on=2026-10-28&starts_time=11:00&length_minutes=90&back=\/calendar\/week\/2026-10-26$/);
  await expect(page.getByRole('heading', { name: '1 session changes' })).toBeVisible();
  await expect(page.getByRole('group', { name: 'Which sessions change?' }).first()).toBeVisible();
});

test('a session that is moved by keys to the day on which the clocks go back keeps its time', async ({ page, signInAs }) => {
  await open(page, signInAs, '/calendar/week/2026-10-19');
  await page.locator('#grid').getByRole('link', { name: /^Aire group, group, Thursday 22 October/ }).focus();
  await page.keyboard.press('m');
  for (const day of ['Friday 23 October', 'Saturday 24 October', 'Sunday 25 October']) {
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('status').filter({ hasText: `${day}, 10:00 to 11:30` })).toBeAttached();
  }
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/move\?scope=this&starts_on=2026-10-25&starts_time=10:00&length_minutes=90&back=\/calendar\/week\/2026-10-19$/);
  await expect(page.getByRole('heading', { name: '1 session changes' })).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: 'Thu 22 Oct, 10:00 to 11:30' })).toContainText('Sun 25 Oct, 10:00 to 11:30');
});

test('whoever moves a session comes back to the week with what they moved in hand of the keys, and so does its undo', async ({ page, signInAs }) => {
  await open(page, signInAs);
  const aire = (day: string) => page.locator('#grid').getByRole('link', { name: new RegExp(`^Aire group, group, ${day}`) });
  await aire('Thursday 29 October').focus();
  await page.keyboard.press('m');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await saveAllTheSame(page, /^Save and tell/);
  await expect(page).toHaveURL(/\/calendar\/week\/2026-10-26#s-\w{8}$/);
  await expect(page.getByRole('status').filter({ hasText: '1 session is changed.' })).toBeVisible();
  await expect(aire('Friday 30 October')).toBeFocused();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'It is as it was before.' })).toBeVisible();
  await expect(aire('Thursday 29 October')).toBeFocused();
});

test('a move that is left alone leaves the session where it was', async ({ page, signInAs }) => {
  await open(page, signInAs);
  const aire = page.locator('#grid').getByRole('link', { name: /^Aire group, group, Thursday 29 October/ });
  const before = await aire.boundingBox();
  await aire.focus();
  await page.keyboard.press('m');
  await page.keyboard.press('ArrowLeft');
  expect((await aire.boundingBox())?.x).not.toBe(before?.x);
  await page.keyboard.press('Escape');
  expect(await aire.boundingBox()).toEqual(before);
  await expect(aire).toBeFocused();
  await expect(page).toHaveURL(new RegExp(WEEK));
});

test('a session is dragged to another day with the mouse, and made longer at its end', async ({ page, signInAs }) => {
  await open(page, signInAs);
  const aire = page.locator('#grid li').filter({ has: page.getByRole('link', { name: /^Aire group, group, Thursday 29 October/ }) });
  const box = (await aire.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height - 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height + (box.height / 90) * 30 - 2, { steps: 5 });
  await page.mouse.up();
  await expect(page).toHaveURL(/starts_on=2026-10-29&starts_time=10:00&length_minutes=120&back=\/calendar\/week\/2026-10-26$/);

  await page.goto(WEEK);
  await expect(page.locator('#grid a[tabindex="0"]')).toHaveCount(1);
  await page.mouse.move(box.x + box.width / 2, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 1.5, box.y + 12, { steps: 8 });
  await page.mouse.up();
  await expect(page).toHaveURL(/starts_on=2026-10-30&starts_time=10:00&length_minutes=90&back=\/calendar\/week\/2026-10-26$/);
});

test('in a month a session goes to another day by keys or by the mouse, and keeps its time', async ({ page, signInAs }) => {
  await open(page, signInAs, '/calendar/month/2026-11');
  const aire = page.locator('#grid').getByRole('link', { name: /^Aire group, group, Thursday 5 November/ });
  await aire.focus();
  await page.keyboard.press('m');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('status').filter({ hasText: 'Wednesday 11 November, 10:00 to 11:30' })).toBeAttached();
  await expect(aire).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('status').filter({ hasText: 'It stays where it was.' })).toBeAttached();
  await expect(page.locator('td[data-date="2026-11-05"]').getByRole('link', { name: /^Aire group/ })).toBeFocused();

  const to = (await page.locator('td[data-date="2026-11-06"]').boundingBox())!;
  const from = (await aire.boundingBox())!;
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 8 });
  await page.mouse.up();
  await expect(page).toHaveURL(/\/move\?scope=this&starts_on=2026-11-06&starts_time=10:00&length_minutes=90&back=\/calendar\/month\/2026-11$/);
});

test('V and then M shows the month, also from a session that M alone would take', async ({ page, signInAs }) => {
  await open(page, signInAs);
  await page.locator('#grid').getByRole('link', { name: /^Aire group, group, Thursday 29 October/ }).focus();
  await page.keyboard.press('v');
  await page.keyboard.press('m');
  await expect(page).toHaveURL(/\/calendar\/month\/2026-10/);
});

/** A week, once its islands are awake. */
async function open(page: Page, signInAs: (role: 'supervisor') => Promise<void>, week = WEEK) {
  await signInAs('supervisor');
  await page.goto(week);
  await expect(page.locator('#grid a[tabindex="0"]')).toHaveCount(1);
}
