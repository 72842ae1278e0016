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

test('any day of a week leads to the week', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/calendar/week/2026-10-22');
  await expect(page).toHaveURL('/calendar/week/2026-10-19');
});

test('a session at ten stays at ten when the clocks change', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  for (const [week, day] of [['2026-10-19', '22 October'], ['2026-10-26', '29 October'], ['2027-03-22', '25 March'], ['2027-03-29', '1 April']] as const) {
    await page.goto(`/calendar/week/${week}`);
    await expect(page.getByRole('link', { name: new RegExp(`Aire group.* Thursday ${day}, 10:00 to 11:30`) })).toBeVisible();
  }
  await page.goto('/calendar/week/2026-10-19');
  await expect(page.getByText('Clocks go back').filter({ visible: true })).toHaveCount(1);
});

test('the agenda lists what comes, and leads to the session', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/calendar');
  await page.getByRole('main').getByRole('link', { name: 'Agenda' }).click();
  await expect(page).toHaveURL('/calendar/agenda/2026-10-22');
  const today = page.getByRole('region', { name: 'Thursday 22 October' });
  await expect(today.getByRole('link', { name: /^Aire group/ })).toHaveAttribute('href', /^\/sessions\/\w{8}$/);
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
