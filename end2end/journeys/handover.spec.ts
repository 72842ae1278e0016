import type { Page } from '@playwright/test';
import { lettersTo } from '../messages';
import { expect, test } from '../test';

// A group that is handed over is another one for every test after it, so these have a server of their own.
test.use({ now: '2026-10-22T08:50:29Z' });

const ada = 'ada.lindqvist@centre.example';
const stays = 'Aire group, Thursday 12 November';

test('a group is handed over without the session that its new supervisor cannot lead, once a coordinator has seen which it is and ticked it', async ({ page, signInAs }) => {
  await signInAs('coordinator');
  await addSupervisor(page);
  await page.goto('/cover');
  await page.getByRole('combobox', { name: 'Who?' }).selectOption('Ada L.');
  await page.getByLabel('First day').fill('2026-11-12');
  await page.getByLabel('Last day').fill('2026-11-12');
  await page.getByRole('radio', { name: 'Training' }).check();
  await page.getByRole('button', { name: 'Show the sessions' }).click();
  await expect(page.getByRole('status')).toContainText('The days away are saved.');

  // Chosen, she is asked about once more: what she cannot lead is shown with why, and what was chosen stays.
  await page.goto('/groups/aire/change');
  await choose(page);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('Whoever you chose cannot take over what is planned on Thursday 12 November.');
  const asked = page.getByRole('region', { name: 'One session cannot be taken over' });
  await expect(asked.getByRole('listitem')).toHaveCount(1);
  await expect(asked.getByRole('listitem')).toContainText('Ada L. is away for training on Thursday 12 November.');
  await expect(asked.getByRole('link', { name: /^Thursday 12 November 2026, 10:00/ })).toHaveAttribute('href', /^\/sessions\/\w{8}$/);
  await expect(page.getByRole('combobox', { name: 'Supervisor' }).locator('option:checked')).toHaveText(/^Ada L\./);
  const tick = asked.getByRole('checkbox', { name: /^Hand over the \d+ other sessions\. These stay with Dr Ruth A\. until somebody covers them\.$/ });
  await expect(tick).not.toBeChecked();

  // Without the tick nothing is handed over.
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('Nothing was changed yet');
  await tick.check();
  await page.getByRole('button', { name: 'Save', exact: true }).click();

  // It leads to the cover of whoever led it until now, where that session is and no other of the group.
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Cover for Dr Ruth A.');
  const said = 'The group is handed over, and everybody is told. One session stays with whoever led it until now, and needs cover: it is below.';
  await expect(page.getByRole('status')).toHaveText(said);
  const needed = page.getByRole('region', { name: stays });
  await expect(needed).toContainText('It stayed when the group was handed over, since the new supervisor cannot lead it.');
  await expect(page.getByRole('region', { name: /^Aire group, / })).toHaveCount(1);

  await page.goto('/groups/aire');
  await expect(page.getByRole('region', { name: 'Who is in it' })).toContainText('Ada L.');
  await page.goto('/demonstration/mail');
  const subject = 'One of your supervision groups has a new supervisor';
  await expect(lettersTo(page, 'practitioner@demonstration.example', subject)).toContainText(
    'On this date your supervisor until now leads still, unless somebody covers: Thursday 12 November 2026, 10:00 (UK time).',
  );
  await expect(lettersTo(page, ada, subject)).toContainText('On this date you cannot lead');

  // Whoever led it has that one session, and the page of the session says who leads it.
  await signInAs('supervisor');
  await page.goto('/calendar/agenda/2026-11-05');
  await expect(page.getByRole('main').getByRole('link', { name: /Aire group.*Thursday 12 November/ })).toBeVisible();
  await expect(page.getByRole('main').getByRole('link', { name: /Aire group.*Thursday (5|19|26) November/ })).toHaveCount(0);
});

/** Adds a supervisor who leads nothing yet. */
async function addSupervisor(page: Page) {
  await page.goto('/people/new');
  await page.getByRole('textbox', { name: 'First name' }).fill('Ada');
  await page.getByRole('textbox', { name: 'Family name' }).fill('Lindqvist');
  await page.getByRole('textbox', { name: 'Work email address' }).fill(ada);
  await page.getByRole('checkbox', { name: 'Supervisor', exact: true }).check();
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('status')).toBeVisible();
}

/** Chooses her in the form of the group, in which each supervisor stands with what speaks for them. */
async function choose(page: Page) {
  const supervisor = page.getByRole('combobox', { name: 'Supervisor' });
  const option = supervisor.getByRole('option', { name: /^Ada L\. \(/ });
  await supervisor.selectOption(await option.getAttribute('value'));
}
