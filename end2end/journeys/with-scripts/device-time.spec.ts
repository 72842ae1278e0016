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
});
