import type { Page } from '@playwright/test';
import { fingerOn } from '../../finger';
import { expect, test } from '../../test';

const WEEK = '/calendar/week/2026-10-26';

// A tablet that shows the columns of the week, which have grips where the pointer is a finger.
test.use({ viewport: { width: 1440, height: 900 }, hasTouch: true, isMobile: true });

test('a session is moved to another day by its grip with a finger', async ({ page, signInAs }) => {
  await open(page, signInAs);
  const box = (await aire(page).boundingBox())!;
  const grip = (await aire(page).locator('[data-grip="whole"]').boundingBox())!;
  const finger = await fingerOn(page, grip.x + grip.width / 2, grip.y + grip.height / 2);
  await finger.drag(box.width, 2);
  await expect(page.getByRole('status').filter({ hasText: 'Friday 30 October, 10:00 to 11:30' })).toBeAttached();
  await finger.lift();
  await expect(page).toHaveURL(/\/move\?scope=this&starts_on=2026-10-30&starts_time=10:00&length_minutes=90&back=\/calendar\/week\/2026-10-26$/);
  await expect(page.getByRole('heading', { name: '1 session changes' })).toBeVisible();
});

test('a session is made longer by the grip at its end with a finger', async ({ page, signInAs }) => {
  await open(page, signInAs);
  const box = (await aire(page).boundingBox())!;
  const grip = (await aire(page).locator('[data-grip="end"]').boundingBox())!;
  const finger = await fingerOn(page, grip.x + grip.width / 2, grip.y + grip.height / 2);
  // Its end goes to where the finger is.
  await finger.drag(0, grip.height / 2 + (box.height / 90) * 30);
  await finger.lift();
  await expect(page).toHaveURL(/\/move\?scope=this&starts_on=2026-10-29&starts_time=10:00&length_minutes=120&back=\/calendar\/week\/2026-10-26$/);
});

test('a finger that is drawn over the session itself moves nothing', async ({ page, signInAs }) => {
  await open(page, signInAs);
  const box = (await aire(page).boundingBox())!;
  const finger = await fingerOn(page, box.x + box.width / 3, box.y + box.height / 2);
  await finger.drag(box.width, 2);
  expect(await aire(page).boundingBox()).toEqual(box);
  await finger.lift();
  await expect(page).toHaveURL(WEEK);
});

test('a finger that rests on a session takes it, to another day and an hour later', async ({ page, signInAs }) => {
  await open(page, signInAs);
  const box = (await aire(page).boundingBox())!;
  const finger = await fingerOn(page, box.x + box.width / 3, box.y + box.height / 2);
  await expect(page.locator('.ev--moving')).toBeAttached();
  await finger.drag(-box.width, (box.height / 90) * 60);
  await expect(page.getByRole('status').filter({ hasText: 'Wednesday 28 October, 11:00 to 12:30' })).toBeAttached();
  await finger.lift();
  await expect(page).toHaveURL(/\/move\?scope=this&starts_on=2026-10-28&starts_time=11:00&length_minutes=90&back=\/calendar\/week\/2026-10-26$/);
});

test('a finger that rests on an empty stretch asks for a session there', async ({ page, signInAs }) => {
  await open(page, signInAs);
  const friday = (await page.locator('#grid .day__body').nth(4).boundingBox())!;
  const hour = async (name: string) => Number(await page.locator('#grid').getAttribute(name));
  const [opens, closes] = [await hour('data-opens'), await hour('data-closes')];
  const finger = await fingerOn(page, friday.x + friday.width / 2, friday.y + ((15 - opens) / (closes - opens)) * friday.height + 4);
  await expect(page).toHaveURL('/calendar/plan?day=2026-10-30&from=15:00&length=60');
  await finger.lift();
  await page.getByRole('link', { name: 'Aire group' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Plan a series');
  await expect(page.getByLabel('First session')).toHaveValue('2026-10-30');
  await expect(page.getByLabel('Starts at')).toHaveValue('15:00');
  await expect(page.getByLabel('Length in minutes')).toHaveValue('60');
});

test('a session of a month is moved to another day by its end with a finger', async ({ page, signInAs }) => {
  await signInAs('supervisor');
  await page.goto('/calendar/month/2026-10');
  await expect(page.locator('#grid a[tabindex="0"]')).toHaveCount(1);
  const chip = page.locator('[data-date="2026-10-29"] .chipev').filter({ hasText: 'Aire group' });
  const grip = (await chip.locator('[data-grip="whole"]').boundingBox())!;
  const day = (await page.locator('[data-date="2026-10-29"]').boundingBox())!;
  const finger = await fingerOn(page, grip.x + grip.width / 2, grip.y + grip.height / 2);
  await finger.drag(day.width, 2);
  await expect(page.getByRole('status').filter({ hasText: 'Friday 30 October' })).toBeAttached();
  await finger.lift();
  await expect(page).toHaveURL(/\/move\?scope=this&starts_on=2026-10-30&/);
});

/** The session in hand. Its name says its day, which does not change while it is moved. */
function aire(page: Page) {
  return page.locator('#grid li').filter({ has: page.getByRole('link', { name: /^Aire group, group, Thursday 29 October/ }) });
}

/** The week, once its islands are awake. */
async function open(page: Page, signInAs: (role: 'supervisor') => Promise<void>) {
  await signInAs('supervisor');
  await page.goto(WEEK);
  await expect(page.locator('#grid a[tabindex="0"]')).toHaveCount(1);
}
