// What only a script can do. Without it every day and every session is a link in the order of the page.

import type { Page } from '@playwright/test';
import { expectReadableByAll } from '../../accessibility';
import { expect, test } from '../../test';

// The columns of the week are for wide screens; a narrow one has the list.
test.use({ viewport: { width: 1440, height: 900 } });

test('the arrow keys go from day to day and from session to session, Tab stops there once, and who goes back finds their place', async ({ page, signInAs }) => {
  await signInAs('supervisor');
  await page.goto('/calendar/week/2026-10-19');
  const links = grid(page).getByRole('link');
  const today = sessionsOn(page, 'Thursday 22 October, today').first();
  await keysToBeLive(page);
  await expect(today).toHaveAttribute('tabindex', '0');

  await today.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(sessionsOn(page, 'Wednesday 21 October').first()).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(today).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('link', { name: 'Thursday 22 October, today' })).toBeFocused();
  await page.keyboard.press('End');
  await expect(page.getByRole('link', { name: 'Sunday 25 October' }).and(grid(page).getByRole('link'))).toBeFocused();
  await page.keyboard.press('Home');
  await expect(page.getByRole('link', { name: 'Monday 19 October' }).and(links)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  const tuesday = sessionsOn(page, 'Tuesday 20 October').first();
  await expect(tuesday).toBeFocused();
  await expect(links.and(page.locator('[tabindex="0"]'))).toHaveCount(1);

  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/sessions\/\w{8}$/);
  await page.goBack();
  await expect(tuesday).toBeFocused();
});

test('Page Up and Page Down open the weeks before and after at the same day, arrows go on beyond the edge, and T is today', async ({ page, signInAs }) => {
  await signInAs('supervisor');
  await page.goto('/calendar/week/2026-10-19');
  await keysToBeLive(page);
  await sessionsOn(page, 'Thursday 22 October, today').first().focus();
  await page.keyboard.press('PageDown');
  await expect(page).toHaveURL(/\/calendar\/week\/2026-10-26/);
  await expect(sessionsOn(page, 'Thursday 29 October').first()).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowLeft');
  await expect(page).toHaveURL(/\/calendar\/week\/2026-10-19/);
  await expect(page.getByRole('link', { name: 'Sunday 25 October' }).and(grid(page).getByRole('link'))).toBeFocused();
  await page.keyboard.press('Shift+PageUp');
  await expect(page).toHaveURL(/\/calendar\/week\/2026-09-14/);
  await keysToBeLive(page);
  await page.keyboard.press('t');
  await expect(page).toHaveURL(/\/calendar\/week\/2026-10-19/);
  await expect(sessionsOn(page, 'Thursday 22 October, today').first()).toBeFocused();
});

test('in a month the arrows go by day and week and beyond its edges, and V leads to another view of the same days', async ({ page, signInAs }) => {
  await signInAs('supervisor');
  await page.goto('/calendar/month/2026-10');
  const month = page.getByRole('grid', { name: 'October 2026' });
  const day = (name: string) => month.getByRole('link', { name: new RegExp(`^${name}`) }).first();
  await expect(month.getByRole('link').and(page.locator('[tabindex="0"]'))).toHaveCount(1);

  await day('Thursday 22 October').focus();
  await page.keyboard.press('ArrowRight');
  await expect(day('Friday 23 October')).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(day('Friday 16 October')).toBeFocused();
  await page.keyboard.press('Home');
  await expect(day('Monday 12 October')).toBeFocused();
  await page.keyboard.press('F2');
  await expect(month.getByRole('link', { name: /, Monday 12 October 2026, / }).first()).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(day('Monday 12 October')).toBeFocused();

  await day('Thursday 29 October').focus();
  await page.keyboard.press('ArrowDown');
  await expect(page).toHaveURL(/\/calendar\/month\/2026-11/);
  await expect(page.getByRole('grid').getByRole('link', { name: /^Thursday 5 November/ }).first()).toBeFocused();
  await page.keyboard.press('v');
  await page.keyboard.press('w');
  await expect(page).toHaveURL(/\/calendar\/week\/2026-10-26/);
});

for (const [view, path, name, cells] of [
  ['month', '/calendar/month/2026-10', 'October 2026', 35],
  ['week', '/calendar/week/2026-10-19', '19 to 25 October 2026', 7],
  ['day', '/calendar/day/2026-10-22', 'Thursday 22 October 2026', 1],
] as const) {
  test(`a ${view} is a grid with its name, in which each day is a cell and each session says all of itself`, async ({ page, signInAs }) => {
    await signInAs('supervisor');
    await page.goto(path);
    await keysToBeLive(page);
    const days = page.getByRole('grid', { name, exact: true });
    await expect(days).toHaveAttribute('aria-readonly', 'true');
    await expect(days.getByRole('row').getByRole('gridcell')).toHaveCount(cells);
    const said = /^Aire group, group, Thursday 22 October 2026, 10:00 to 11:30, 1 hour 30 minutes, .+/;
    await expect(days.getByRole('gridcell').getByRole('link', { name: said })).toHaveCount(1);
    await expectReadableByAll(page);
  });
}

test('? shows the keys of the page and gives the focus back, and letters can be switched off', async ({ page, signInAs }) => {
  await signInAs('supervisor');
  await page.goto('/calendar/day/2026-10-22');
  await keysToBeLive(page);
  const first = sessionsOn(page, 'Thursday 22 October, today').first();
  await first.focus();
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(help).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  await expect(first).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(page).toHaveURL(/\/calendar\/day\/2026-10-23/);

  await page.goto('/me/appearance');
  await page.getByRole('group', { name: 'Single letters as keys' }).getByRole('radio', { name: 'Off' }).check();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('status')).toHaveText('This device keeps your choice.');
  await page.goto('/calendar/day/2026-10-23');
  await keysToBeLive(page);
  await grid(page).getByRole('link').first().focus();
  await page.keyboard.press('t');
  await page.keyboard.press('?');
  await expect(help).toBeHidden();
  await page.keyboard.press('PageUp');
  await expect(page).toHaveURL(/\/calendar\/day\/2026-10-16/);
});

const grid = (page: Page) => page.locator('#grid');

/** The sessions of a day, without the way to the day alone. */
function sessionsOn(page: Page, day: string) {
  const called = page.getByRole('heading', { name: day, exact: true });
  return page.getByRole('gridcell').filter({ has: called }).getByRole('listitem').getByRole('link');
}

/** The script leaves one stop for Tab in the grid, and by then it listens: a key that is pressed before that moves nothing. */
async function keysToBeLive(page: Page) {
  await expect(grid(page).getByRole('link').and(page.locator('[tabindex="0"]'))).toHaveCount(1);
}
