import { expect, test } from '../test';

test('a calendar link is made, shown once, changed, put in the place of another and removed', async ({ page, signInAs, playwright, baseURL }) => {
  await signInAs('practitioner');
  await page.goto('/me');
  await page.getByRole('link', { name: 'Calendar link' }).click();
  await page.getByRole('button', { name: 'Make a link', exact: true }).click();
  const link = page.getByText(/^http.*\/feed\/[\w-]{43}\.ics$/);
  const first = await link.innerText();
  await page.getByRole('link', { name: 'I have added it' }).click();
  await expect(link).toHaveCount(0);

  // A calendar program, which has no cookie.
  const program = await playwright.request.newContext(baseURL ? { baseURL } : {});
  const fetched = async (address: string) => {
    const answer = await program.get(address);
    return { status: answer.status(), file: await answer.text() };
  };
  expect((await fetched(first)).file).toContain('SUMMARY:Supervision session');
  await page.getByRole('radio', { name: /^The group’s name/ }).check();
  await page.getByRole('combobox', { name: 'Reminder on your device' }).selectOption('1 hour before');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('status')).toContainText('Your choice is kept.');
  expect((await fetched(first)).file).toContain('SUMMARY:Aire group');

  await page.getByRole('button', { name: 'Make a new link' }).click();
  const second = await link.innerText();
  expect((await fetched(first)).status).toBe(404);
  expect((await fetched(second)).status).toBe(200);
  await page.goto('/me/feeds');
  await page.getByRole('button', { name: 'Remove the link' }).click();
  await expect(page.getByRole('status')).toContainText('The link is over.');
  expect((await fetched(second)).status).toBe(404);
  await program.dispose();
});

test('a session to come is saved as a calendar file', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/groups/aire');
  await page.getByRole('link', { name: 'Thursday 29 October 2026' }).click();
  const saved = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Add to my calendar' }).click();
  expect((await saved).suggestedFilename()).toBe('session.ics');
});
