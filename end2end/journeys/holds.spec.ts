import { expect, test } from '../test';

test('a safeguarding lead holds somebody, a coordinator reads that they are not available and nothing more, and the hold is lifted', async ({ page, signInAs }) => {
  await signInAs('safeguarding lead');
  await page.goto('/holds');
  await page.getByRole('textbox', { name: 'Their work email' }).fill('nobody');
  await page.getByRole('button', { name: 'Hold', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('Enter a work email, like name@council.gov.uk.');
  await page.getByRole('textbox', { name: 'Their work email' }).fill('practitioner@demonstration.example');
  await page.getByRole('button', { name: 'Hold', exact: true }).click();
  await expect(page.getByRole('status')).toContainText('They are not placed in a group until the hold is lifted.');
  const held = page.getByRole('region', { name: 'Who is held' }).getByRole('listitem').filter({ hasText: 'Amina R.' });
  await expect(held).toContainText('Since Thursday 22 October 2026, by Moira T.');

  await signInAs('coordinator');
  await page.goto('/matching/new?also_placed=yes');
  const blocked = page.getByRole('region', { name: 'Practitioners who cannot be placed' });
  await blocked.getByText('Show them').click();
  await expect(blocked.getByRole('listitem').filter({ hasText: 'Amina R.' })).toContainText('Is not available for matching since Thursday 22 October 2026.');
  await page.goto('/holds');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Page not found');

  await signInAs('clinical lead');
  await page.goto('/holds');
  await held.getByRole('button', { name: 'Lift the hold of Amina R.' }).click();
  await expect(page.getByRole('status')).toContainText('The hold is lifted.');
  await expect(held).toHaveCount(0);
});
