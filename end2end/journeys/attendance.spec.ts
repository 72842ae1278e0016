import type { Page } from '@playwright/test';
import { expect, test } from '../test';

// A moment of its own gives these tests a server of their own: a session that is marked here must still wait to be marked elsewhere.
test.use({ now: '2026-10-22T08:50:01Z' });

/** The keyboard of somebody in no hurry, who presses a key a second. */
class Keys {
  pressed = 0;

  constructor(private readonly page: Page) {}

  async press(...keys: string[]) {
    for (const key of keys) {
      await this.page.keyboard.press(key);
      this.pressed += 1;
    }
  }

  /** Goes on by Tab until something has the focus. */
  async tabTo(name: string) {
    for (let stops = 0; stops < 30; stops += 1) {
      await this.press('Tab');
      if (await this.page.locator(':focus').and(this.page.getByRole('group', { name }).getByRole('radio')).count()) {
        return;
      }
    }
    throw new Error(`Tab did not come to ${name}.`);
  }
}

test('a supervisor marks six people within thirty seconds by keyboard alone; what was agreed is carried on; a coordinator sees who came, and no more', async ({ page, signInAs }) => {
  await signInAs('supervisor');
  await page.goto('/to-mark');
  await page.getByRole('link', { name: 'Aire group, Thursday 15 October' }).click();
  await expect(page.getByRole('heading', { level: 2, name: 'Who came?' })).toBeVisible();
  const people = page.getByRole('region', { name: 'Who came?' }).getByRole('listitem');
  await expect(people).toHaveCount(6);
  // What somebody sent ahead stands there already.
  await expect(page.getByRole('group', { name: 'Amina R.' }).getByRole('radio', { name: 'Apologies', exact: true })).toBeChecked();

  const keys = new Keys(page);
  await keys.press('Tab', 'Enter');
  await keys.tabTo('Grace A.');
  await keys.press('Space', 'Tab', 'Space', 'Tab', 'Space', 'ArrowRight', 'Tab', '7', '5', 'Tab', 'Space', 'Tab', 'Tab', 'Space');
  await expect(page.getByRole('group', { name: 'Yusuf H.' }).getByRole('textbox', { name: 'Minutes attended' })).toHaveValue('75');
  await keys.press('Enter');

  await expect(page.getByRole('status')).toHaveText('The attendance is finished. The session counts as held.');
  expect(keys.pressed).toBeLessThanOrEqual(30);
  await page.getByRole('link', { name: 'See who came' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Yusuf H.' })).toContainText('Came late, 75 minutes');
  await expect(page.getByRole('listitem').filter({ hasText: 'Zainab T.' })).toContainText('Present');
  await expect(page.getByRole('listitem').filter({ hasText: 'Amina R.' }).first()).toContainText('Apologies');

  const record = page.url();
  const actions = page.getByRole('region', { name: 'Agreed actions' });
  await actions.getByRole('textbox', { name: 'New action (optional)' }).fill('Write down one thing that the baby did first');
  await actions.getByRole('combobox', { name: 'Whose' }).selectOption('Amina R.');
  await actions.getByRole('button', { name: 'Add' }).click();
  await expect(page.getByRole('status')).toHaveText('The actions are saved.');

  await signInAs('practitioner');
  await page.goto('/today');
  await page.getByRole('link', { name: 'Write down one thing that the baby did first' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Aire group, Thursday 22 October');
  await page.getByRole('button', { name: 'Mark as done “Write down one thing that the baby did first”' }).click();
  await expect(page.getByRole('status')).toHaveText('Done. It will not be carried any further.');

  await signInAs('coordinator');
  await page.goto(record);
  await expect(page.getByRole('region', { name: 'Who came' })).toContainText('Present');
  await expect(page.getByRole('region', { name: 'Agreed actions' })).toHaveCount(0);
  await expect(page.getByRole('main')).not.toContainText('Write down one thing');
  await expect(page.getByRole('main')).toContainText('What was agreed and said is for the group and its supervisor.');

  await signInAs('supervisor');
  await page.goto('/to-mark');
  await expect(page.getByRole('link', { name: 'Aire group, Thursday 15 October' })).toHaveCount(0);
});

test('everybody without apologies is present at the press of one button, and nobody is left out unseen', async ({ page, signInAs }) => {
  await signInAs('supervisor');
  await page.goto('/to-mark');
  await page.getByRole('link', { name: 'Cober group, Thursday 15 October' }).click();
  await page.getByRole('button', { name: 'Save and finish' }).click();
  await expect(page.getByRole('alert')).toContainText('There is a problem');
  await expect(page).toHaveTitle(/^Error: /);

  await page.getByRole('button', { name: 'All present' }).click();
  await expect(page.getByRole('status')).toContainText('Everybody else is marked present.');
  await page.getByRole('button', { name: 'Save and finish' }).click();
  await expect(page.getByRole('status')).toHaveText('The attendance is finished. The session counts as held.');
});

test('two windows mark one session: the second is told, and keeps what was typed', async ({ page, signInAs, anotherWindow }) => {
  await signInAs('supervisor');
  await page.goto('/to-mark');
  const address = await page.getByRole('link', { name: 'Supervision, Tuesday 20 October' }).getAttribute('href');
  const second = await anotherWindow();
  await page.goto(address ?? '');
  await second.goto(address ?? '');

  await page.getByRole('button', { name: 'All present' }).click();
  await expect(page.getByRole('status')).toContainText('Everybody else is marked present.');

  await second.getByRole('radio', { name: 'Left early' }).check();
  await second.getByRole('textbox', { name: 'Minutes attended' }).fill('35');
  await second.getByRole('textbox', { name: 'New action (optional)' }).fill('Bring the plan for the last visits');
  await second.getByRole('button', { name: 'Save for later' }).click();
  await expect(second.getByRole('alert')).toContainText('There is a problem');
  await expect(second.getByRole('radio', { name: 'Left early' })).toBeChecked();
  await expect(second.getByRole('textbox', { name: 'Minutes attended' })).toHaveValue('35');
  await expect(second.getByRole('textbox', { name: 'New action (optional)' })).toHaveValue('Bring the plan for the last visits');
});

test('a finished attendance is corrected with a reason, and what stood there is kept', async ({ page, signInAs }) => {
  await signInAs('supervisor');
  await page.goto('/calendar/week/2026-09-28');
  await page.getByRole('link', { name: /Aire group.* Thursday 1 October/ }).click();
  await page.getByRole('link', { name: 'See who came' }).click();
  await page.getByText('Correct the attendance').click();
  const amina = page.getByRole('group', { name: 'Amina R.' });
  await amina.getByRole('radio', { name: 'Left early' }).check();
  await amina.getByRole('textbox', { name: 'Minutes attended' }).fill('60');
  await page.getByRole('button', { name: 'Save the correction' }).click();
  // Without a reason nothing is changed, and what was typed is still there.
  await expect(page.getByRole('alert')).toContainText('There is a problem');
  await expect(amina.getByRole('textbox', { name: 'Minutes attended' })).toHaveValue('60');

  await page.getByRole('radio', { name: 'Somebody said afterwards how it was' }).check();
  await page.getByRole('button', { name: 'Save the correction' }).click();
  await expect(page.getByRole('region', { name: 'Corrections' })).toContainText('Amina R.: Present, now Left early, 60 minutes');
});
