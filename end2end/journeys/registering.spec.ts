import { personCalled } from '../pages/ways';
import { expect, test } from '../test';

test('somebody changes one answer and confirms them all, and a round says what is in their way and proposes groups to others', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/me/registration');
  await page.getByRole('link', { name: 'Change (Your line manager)' }).click();
  await page.getByRole('radio', { name: 'This person' }).check();
  await page.getByRole('textbox', { name: 'Their work email' }).fill('somebody');
  await page.getByRole('button', { name: 'Save and go on' }).click();
  await expect(page.getByRole('alert')).toContainText('Enter your line manager’s work email, like name@council.gov.uk.');
  await expect(page.getByRole('textbox', { name: 'Their work email' })).toHaveValue('somebody');
  await page.getByRole('link', { name: 'Stop here for now' }).click();
  await page.getByRole('link', { name: 'Change (Your level)' }).click();
  await page.getByRole('radio', { name: 'I don’t know' }).check();
  await page.getByRole('button', { name: 'Save and go on' }).click();
  await expect(page.getByRole('status')).toHaveText('Saved. Please check your answers, and say that they are right.');
  await page.getByRole('link', { name: 'Change (Where you work)' }).click();
  await page.getByRole('radio', { name: 'Maternity or neonatal service' }).check();
  await page.getByRole('button', { name: 'Save and go on' }).click();
  await page.getByRole('link', { name: 'Change (What may be used)' }).click();
  await page.getByRole('checkbox', { name: 'Where I work' }).check();
  await page.getByRole('button', { name: 'Save and go on' }).click();
  await page.getByRole('button', { name: 'They are right' }).click();
  await expect(page.getByRole('status')).toHaveText('Thank you. Your answers are used when groups are next formed.');

  await signInAs('coordinator');
  await page.goto(await personCalled('Rahman, Amina', '/registration')(page));
  await expect(page.getByRole('region', { name: 'Their answers' })).toContainText(/Where they work\s*Maternity or neonatal service/);
  const yorkshire = '/matching/new?place=region%3AYorkshire%20and%20The%20Humber&also_placed=yes';
  await page.goto(yorkshire);
  const blocked = page.getByRole('region', { name: 'Practitioners who cannot be placed' });
  await blocked.getByText('Show them').click();
  await expect(blocked.getByRole('listitem').filter({ hasText: 'Amina R.' })).toContainText('Does not know the level yet.');
  // Who has a place where an authority has few of them is seen before the start.
  await page.getByText('Needs, places and hours').click();
  const most = page.getByRole('spinbutton', { name: /^No more than how many places for one authority/ });
  await most.fill('-1');
  await page.getByRole('button', { name: 'See who would take part' }).click();
  await expect(page.getByRole('alert')).toContainText('Use a whole number from 1 to 999, or leave it empty for no limit.');
  await expect(most).toHaveValue('-1');
  await most.fill('1');
  await page.getByRole('button', { name: 'See who would take part' }).click();
  await expect(blocked).toContainText('and one authority has one place at most.');
  await page.goto(yorkshire);
  await page.getByRole('textbox', { name: /^What is it called/ }).fill('Autumn starters');
  await page.getByRole('button', { name: 'Start the round' }).click();
  await expect(page.getByRole('status')).toHaveText('The round is started. Nobody is told anything of it.');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Autumn starters');
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole('article', { name: 'Group 1', exact: true })).toContainText('leads.');
  }).toPass({ timeout: 60_000 });
  await expect(page.getByRole('link', { name: 'The proposal (JSON)' })).toBeVisible();

  // Nobody else learns that there is such a thing.
  await signInAs('practitioner');
  await page.goto('/matching');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Page not found');
});
