import { expect, test } from '../test';

test('every week has an address of its own, and links lead from week to week', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/calendar');
  await expect(page).toHaveURL('/calendar/week/2026-10-19');
  await expect(page.getByRole('heading', { level: 2, name: '19 to 25 October 2026' })).toBeVisible();

  await page.getByRole('link', { name: 'Week after, 26 October to 1 November 2026' }).click();
  await expect(page).toHaveURL('/calendar/week/2026-10-26');
  await page.getByRole('link', { name: 'Week before, 19 to 25 October 2026' }).click();
  await page.getByRole('link', { name: 'Week before, 12 to 18 October 2026' }).click();
  await expect(page.getByRole('heading', { level: 2, name: '12 to 18 October 2026' })).toBeVisible();

  await page.getByRole('main').getByRole('link', { name: 'Today', exact: true }).click();
  await expect(page).toHaveURL('/calendar/week/2026-10-19');
});

test('a week in columns can be read as a list, which the calendar then opens with, and as columns again', async ({ page, signInAs }) => {
  // A narrow screen has the list already.
  await page.setViewportSize({ width: 1440, height: 900 });
  await signInAs('practitioner');
  await page.goto('/calendar/week/2026-10-26');
  const list = page.getByRole('link', { name: 'Read this week as a list' });
  await list.focus();
  await expect(list).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/calendar/agenda/2026-10-26');
  await page.goto('/calendar');
  await expect(page).toHaveURL('/calendar/agenda/2026-10-22');
  await page.getByRole('link', { name: 'See the week in columns' }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/calendar/week/2026-10-19');
});

test('any day of a week leads to the week, and any day of a month to the month', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/calendar/week/2026-10-22');
  await expect(page).toHaveURL('/calendar/week/2026-10-19');
  await page.goto('/calendar/month/2026-10-22?show=vig');
  await expect(page).toHaveURL('/calendar/month/2026-10?show=vig');
});

test('a month leads to its days, a day to its sessions, and each to the one before and after', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/calendar/month/2026-10');
  await expect(page.getByRole('heading', { level: 2, name: 'October 2026' })).toBeVisible();
  await page.getByRole('link', { name: 'Month after, November 2026' }).click();
  await expect(page).toHaveURL('/calendar/month/2026-11');
  await page.getByRole('main').getByRole('link', { name: 'Today', exact: true }).click();
  await expect(page).toHaveURL('/calendar/month/2026-10');

  await page.getByRole('link', { name: /^Thursday 22 October, \d sessions?$/ }).click();
  await expect(page).toHaveURL('/calendar/day/2026-10-22');
  await page.getByRole('link', { name: 'Day after, Friday 23 October 2026' }).click();
  await page.getByRole('link', { name: 'Day before, Thursday 22 October 2026' }).click();
  await page.getByRole('link', { name: /^Aire group, group, Thursday 22 October 2026, 10:00 to 11:30, 1 hour 30 minutes, \d of \d coming, join now$/ }).click();
  await expect(page).toHaveURL(/\/sessions\/\w{8}/);
});

test('the calendar opens in the view that was used last, and another view keeps the days and the filter', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/calendar/week/2026-12-14?show=vig');
  const view = (name: string) => page.getByRole('navigation', { name: 'Calendar view' }).getByRole('link', { name });
  await view('Month').click();
  await expect(page).toHaveURL('/calendar/month/2026-12?show=vig');
  await view('Agenda').click();
  await expect(page).toHaveURL('/calendar/agenda/2026-12-01?show=vig');
  await view('Day').click();
  await expect(page).toHaveURL('/calendar/day/2026-12-01?show=vig');
  await expect(view('Day')).toHaveAttribute('aria-current', 'true');
  await page.goto('/calendar');
  await expect(page).toHaveURL('/calendar/day/2026-10-22');
});

test('a session at ten stays at ten when the clocks change', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  for (const [week, day] of [['2026-10-19', '22 October 2026'], ['2026-10-26', '29 October 2026'], ['2027-03-22', '25 March 2027'], ['2027-03-29', '1 April 2027']] as const) {
    await page.goto(`/calendar/week/${week}`);
    await expect(page.getByRole('link', { name: new RegExp(`Aire group.* Thursday ${day}, 10:00 to 11:30`) })).toBeVisible();
  }
  await page.goto('/calendar/week/2026-10-19');
  await expect(page.getByText('Clocks go back').filter({ visible: true })).toHaveCount(1);
});

for (const timezoneId of ['UTC', 'America/New_York', 'Australia/Sydney']) {
  test.describe(`on a device that keeps the time of ${timezoneId}`, () => {
    test.use({ timezoneId });

    test('a session at ten stays at ten when the clocks change', async ({ page, signInAs }) => {
      await signInAs('practitioner');
      for (const [date, day] of [['2026-10-22', '22 October 2026'], ['2026-10-29', '29 October 2026'], ['2027-03-25', '25 March 2027'], ['2027-04-01', '1 April 2027']] as const) {
        await page.goto(`/calendar/agenda/${date}`);
        await expect(page.getByRole('link', { name: new RegExp(`^Aire group, group, Thursday ${day}, 10:00 to 11:30,`) })).toBeVisible();
      }
    });
  });
}

test('the agenda lists what comes, and leads to the session', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/calendar');
  await page.getByRole('main').getByRole('link', { name: 'Agenda' }).click();
  await expect(page).toHaveURL('/calendar/agenda/2026-10-22');
  const today = page.getByRole('region', { name: 'Thursday 22 October' });
  await expect(today.getByRole('link', { name: /^Aire group/ })).toHaveAttribute('href', /^\/sessions\/\w{8}$/);
});

test('an empty week says so at a desk, and leads on to the next session, to every kind, or further', async ({ page, signInAs }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await signInAs('practitioner');
  const main = page.getByRole('main');
  // Before her groups began to meet.
  await page.goto('/calendar/week/2026-03-02');
  await expect(main).toContainText('Nothing was planned in this week. The next session after that was on');
  await main.getByRole('link', { name: /^\w+day \d+ \w+ 2026 at \d\d:\d\d$/ }).filter({ visible: true }).click();
  await expect(page).toHaveURL(/\/calendar\/week\/2026-\d\d-\d\d$/);
  await expect(main.locator('.week .ev a').first()).toBeVisible();
  await expect(main.getByText('Nothing was planned')).toHaveCount(0);

  await page.goto('/calendar/week/2028-01-03');
  await expect(main).toContainText('Nothing is planned in this week. Nor is any session in the 16 weeks after that.');
  await main.getByRole('link', { name: 'Next week, 10 to 16 January 2028' }).filter({ visible: true }).click();
  await expect(page).toHaveURL('/calendar/week/2028-01-10');

  await page.goto('/calendar/day/2026-10-22?show=clinic');
  await expect(main).toContainText('Nothing of what is planned on this day is of a kind that you chose to see.');
  await main.getByRole('link', { name: 'Show every kind' }).filter({ visible: true }).click();
  await expect(page).toHaveURL('/calendar/day/2026-10-22');
  await expect(page.getByRole('link', { name: /^Aire group, group/ }).filter({ visible: true })).toBeVisible();
});

test('only the kinds of session that are ticked are shown, and the choice stays when the week changes', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/calendar/week/2026-10-19');
  const show = page.getByRole('region', { name: 'Show' });
  await show.getByRole('checkbox', { name: /^Group/ }).uncheck();
  await show.getByRole('button', { name: 'Apply' }).click();
  await expect(page).toHaveURL(/\/calendar\/week\/2026-10-19\?show=/);
  await expect(page.getByRole('link', { name: /^Aire group/ })).toHaveCount(0);
  await expect(show.getByRole('checkbox', { name: /^Group/ })).not.toBeChecked();

  await page.getByRole('link', { name: /^Week after/ }).click();
  await expect(page).toHaveURL(/\/calendar\/week\/2026-10-26\?show=/);
  await expect(page.getByRole('link', { name: /^Aire group/ })).toHaveCount(0);
});

test('whoever leads groups sees those of their groups too, and for paper without the names of individual supervision', async ({ page, signInAs }) => {
  await signInAs('supervisor');
  await page.goto('/calendar/week/2026-10-19?show=group,one');
  await page.getByRole('link', { name: 'My groups', exact: true }).and(page.getByRole('main').getByRole('link')).click();
  await expect(page).toHaveURL('/calendar/week/2026-10-19?of=groups&show=group,one');
  await expect(page.getByRole('link', { name: /^Aire group/ })).toBeVisible();

  await page.getByRole('link', { name: 'Show as printed' }).click();
  await expect(page).toHaveURL('/calendar/week/2026-10-19?of=groups&show=group,one&print');
  const tuesday = page.getByRole('region', { name: 'Tuesday 20 October' });
  await expect(tuesday.getByRole('link')).toHaveText([/One-to-one/]);
  await expect(tuesday.getByRole('link', { name: /^\w+ \w\.,/ })).toHaveCount(0);
  await page.getByRole('link', { name: 'Back to the page' }).click();
  await expect(page).toHaveURL('/calendar/week/2026-10-19?of=groups&show=group,one');
});

test('the board shows a coordinator who leads what, by kind, by supervisor and by week', async ({ page, signInAs }) => {
  await signInAs('coordinator');
  await page.goto('/menu');
  await page.getByRole('navigation', { name: 'All pages' }).getByRole('link', { name: 'Board' }).click();
  await expect(page).toHaveURL('/board/2026-10-19');
  const ruth = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: /^Dr Ruth A\./ }) });
  await expect(ruth.getByRole('link', { name: /^10:00 Aire group, Now, Thursday 22 October 2026, 10:00 to 11:30, 1 hour 30 minutes$/ })).toBeVisible();
  await expect(ruth.getByRole('link', { name: /One-to-one/ }).first()).toBeVisible();
  const all = await page.getByRole('row').count();

  const filter = page.getByRole('search', { name: 'Filter the board' });
  await filter.getByLabel('Kind').selectOption('One-to-one');
  await filter.getByRole('button', { name: 'Apply' }).click();
  await expect(page).toHaveURL(/\/board\/2026-10-19\?kind=one[^&]*$/);
  await expect(ruth.getByRole('link', { name: /Aire group/ })).toHaveCount(0);
  await expect(ruth.getByRole('link', { name: /One-to-one/ }).first()).toBeVisible();
  expect(await page.getByRole('row').count()).toBeLessThan(all);
  // What is hidden still counts towards the week.
  await expect(ruth.getByRole('rowheader')).toContainText('hours');

  await page.getByRole('link', { name: 'Week after, 26 October to 1 November 2026' }).click();
  await expect(page).toHaveURL(/\/board\/2026-10-26\?kind=one[^&]*$/);
  await filter.getByRole('link', { name: 'Clear' }).click();
  await page.getByLabel('Supervisor').selectOption('Dr Ruth A.');
  await filter.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByRole('rowheader')).toHaveCount(1);
  await ruth.getByRole('link', { name: /Aire group/ }).click();
  // It says from which board it was opened, as that was filtered.
  await expect(page).toHaveURL(/\/sessions\/\w{8}\?back=\/board\/2026-10-26\?supervisor=\w+$/);
});
