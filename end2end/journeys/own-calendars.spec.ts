import type { Page } from '@playwright/test';
import { lettersTo } from '../messages';
import { OwnCalendar } from '../own-calendar';
import { saveAllTheSame } from '../pages/ways';
import { expect, test } from '../test';

// The series of everybody in the demonstration is another one afterwards, so these tests have a server of their own.
test.use({ now: '2026-10-22T08:50:02Z' });

const amina = 'practitioner@demonstration.example';

test('a fortnightly series over the change of the clocks and Christmas, changed twice, is the same in Reverie, in a feed and in the files', async ({
  page,
  signInAs,
  playwright,
}) => {
  // The Aire group meets every second Thursday from today on, in place of every Thursday.
  await signInAs('coordinator');
  await page.goto('/groups/aire');
  const first = await page.getByRole('link', { name: 'Thursday 22 October 2026' }).getAttribute('href');
  await page.goto(`${first}/cancel/series`);
  await page.getByRole('radio', { name: 'Another reason' }).check();
  await page.getByRole('button', { name: /^Cancel them/ }).click();
  await expect(page.getByRole('status')).toContainText('sessions are cancelled.');
  await page.goto(
    '/groups/aire/series/new?starts_on=2026-10-22&starts_time=10:00&length_minutes=90&repeats=weeks&every=2&ending=until&until_on=2027-01-31',
  );
  await expect(page.getByText('The clocks go back on 25 October 2026. Sessions keep their usual time.')).toBeVisible();
  await saveAllTheSame(page, 'Save and publish');
  await expect(page.getByRole('status')).toContainText('The series is published.');
  await expect(page.getByRole('listitem').filter({ hasText: 'Thu 31 Dec 2026' })).toContainText('No session.');
  const series = page.url();

  await page.getByRole('link', { name: 'Thu 19 Nov 2026' }).click();
  await change(page, async () => {
    await page.getByLabel('Date').fill('2026-11-21');
    await page.getByLabel('Starts at').fill('11:00');
    await which(page, 'Only this session');
  });
  await page.goto(series);
  await page.getByRole('link', { name: 'Thu 3 Dec 2026' }).click();
  await change(page, async () => {
    await page.getByRole('spinbutton', { name: 'Length in minutes' }).fill('60');
    await which(page, /^This and the following/);
  });

  const held = [
    'Thursday 22 October 2026, 10:00 to 11:30',
    'Thursday 5 November 2026, 10:00 to 11:30',
    'Saturday 21 November 2026, 11:00 to 12:30',
    'Thursday 3 December 2026, 10:00 to 11:00',
    'Thursday 17 December 2026, 10:00 to 11:00',
    'Thursday 14 January 2027, 10:00 to 11:00',
    'Thursday 28 January 2027, 10:00 to 11:00',
  ];
  const inTheFiles = new OwnCalendar();
  for (const file of await filesSentTo(page, amina)) {
    inTheFiles.takeIn(file);
  }
  expect(inTheFiles.held()).toEqual(held);

  await signInAs('practitioner');
  expect(await inReverie(page)).toEqual(held);
  await page.goto('/me/feeds');
  await page.getByRole('radio', { name: /^The group’s name/ }).check();
  await page.getByRole('button', { name: /^Make a (new )?link$/ }).click();
  const link = await page.getByText(/^http.*\/feed\/[\w-]{43}\.ics$/).innerText();
  // A calendar program, which has no cookie.
  const program = await playwright.request.newContext();
  const feed = await (await program.get(link)).text();
  await program.dispose();
  const inTheFeed = new OwnCalendar().takeIn(feed).held('Aire group');
  expect(inTheFeed.slice(inTheFeed.indexOf(held[0] ?? ''))).toEqual(held);
});

async function change(page: Page, fill: () => Promise<void>) {
  await page.getByRole('link', { name: 'Change its time, place or series…' }).click();
  await fill();
  await page.getByRole('button', { name: 'Show what changes' }).click();
  await saveAllTheSame(page, /^Save and tell/);
  await expect(page.getByRole('status')).toContainText(/sessions? (is|are) changed/);
}

async function which(page: Page, name: string | RegExp) {
  await page.getByRole('group', { name: 'Which sessions change?' }).first().getByRole('radio', { name }).check();
}

/** The files about the new series, the oldest first. */
async function filesSentTo(page: Page, address: string) {
  await page.goto('/demonstration/mail');
  const files = await lettersTo(page, address, /^Your sessions? (from|on)/).locator('pre').allTextContents();
  return files.filter((file) => file.includes('METHOD:REQUEST')).map((file) => file.replaceAll(/\r?\n/g, '\r\n')).reverse();
}

/** Every session of the Aire group that somebody's own calendar in Reverie holds from this week on. */
async function inReverie(page: Page) {
  const held = new Set<string>();
  for (const month of ['2026-10', '2026-11', '2026-12', '2027-01']) {
    await page.goto(`/calendar/month/${month}?print`);
    for (const words of await page.getByRole('main').getByRole('link').allTextContents()) {
      const said = /Aire group, group, (\w+ \d+ \w+)( \d{4})?, (\d\d:\d\d to \d\d:\d\d)/.exec(words);
      if (said && !words.includes('cancelled')) {
        held.add(`${said[1]}${said[2] ?? ' 2026'}, ${said[3]}`);
      }
    }
  }
  const all = [...held];
  return all.slice(all.indexOf('Thursday 22 October 2026, 10:00 to 11:30'));
}
