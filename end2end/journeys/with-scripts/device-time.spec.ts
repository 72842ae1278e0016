import { eventCalled, sessionOn } from '../../pages/ways';
import { expect, test } from '../../test';

test('whoever is elsewhere reads what their own clock shows, beside the time of the United Kingdom', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/today');
  const next = page.getByRole('region', { name: 'Aire group' });
  await expect(next).toContainText('Today, 10:00 to 11:30');
  await expect(next).toContainText('22:00 to 23:30 on your device');

  await next.getByRole('link', { name: 'Aire group' }).first().click();
  await expect(page.getByText('22:00 to 23:30 on your device')).toBeVisible();

  // New Zealand is twelve hours ahead until the clocks go back, and thirteen afterwards.
  for (const [week, hours] of [['2026-10-19', 12], ['2026-10-26', 13]] as const) {
    await page.goto(`/calendar/week/${week}`);
    const zone = page.getByText(`All times are UK time. Your device is ${hours} hours ahead of UK time.`);
    await expect(zone.filter({ visible: true })).toHaveCount(1);
  }
});

test.describe('on a device that keeps the time of New York', () => {
  test.use({ timezoneId: 'America/New_York' });

  test('a session is said in both times', async ({ page, signInAs }) => {
    await signInAs('practitioner');
    await page.goto('/today');
    const next = page.getByRole('region', { name: 'Aire group' });
    await expect(next).toContainText('Today, 10:00 to 11:30');
    await expect(next).toContainText('05:00 to 06:30 on your device');
    await next.getByRole('link', { name: 'Aire group' }).first().click();
    await expect(page.getByText('05:00 to 06:30 on your device')).toBeVisible();
  });

  // New York is five hours behind, and four in the week in which the clocks have gone back in the United Kingdom alone.
  for (const { role, pages } of [
    { role: 'practitioner', pages: [['/today', 5], ['/groups', 5], ['/groups/aire', '4|5'], ['/groups/aire/series/1', '4|5'], ['/me/waiting', 5], ['/events', '4|5'], ['/me/supervision', '4|5'], ['/community', 5], ['/community/endings', 5], ['/community/endings/1', 5], ['/me/posts', 5], ['/me/registration', 5], [eventCalled('Still face, fifty years on'), '4|5'], [sessionOn('29 October', '/apologies'), 4]] },
    { role: 'supervisor', pages: [['/to-mark', 5], ['/conflicts', 5], ['/groups/aire/series/new', 5], ['/calendar/plan?day=2026-10-29', 4], ['/availability', 5], ['/community/reports', 5]] },
    { role: 'coordinator', pages: [['/groups', 5], ['/cover', 5], ['/drafts', 5], ['/people/import', 5], ['/moderation', 5], ['/matching/1', '4|5']] },
    { role: 'clinical lead', pages: [['/openings', 5]] },
  ] as const) {
    test(`every page with times says to a ${role} how far the device is from UK time`, async ({ page, signInAs }) => {
      await signInAs(role);
      for (const [find, hours] of pages) {
        await page.goto(typeof find === 'string' ? find : await find(page));
        const behind = new RegExp(`Your device is (${hours}) hours behind UK time\\.`);
        await expect(page.getByRole('main')).toContainText(behind);
      }
    });
  }
});
