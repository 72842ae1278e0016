import { expect, test } from '../test';

test('a practitioner signs in to the demonstration and sees Today', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});
