import { expect, forgetSignIn, test } from '../test';

// A moment of its own gives this test a server of its own: what is finished here would change what others count.
test.use({ now: '2026-10-22T08:50:09Z' });

test('a page is finished, stands in the log with a private note, and has a certificate that anybody can look up until it is revoked', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/learning');
  await page.getByRole('link', { name: 'Noticing: what VIG sees' }).click();
  await page.getByRole('button', { name: 'Check my answers' }).click();
  await expect(page.getByRole('alert')).toContainText('Choose an answer: ');
  await page.getByRole('radio', { name: 'A fair sample of everything.' }).check();
  await page.getByRole('radio', { name: 'An initiative, which can be received by waiting.' }).check();
  await page.getByRole('radio', { name: /gave him your finger/ }).check();
  await page.getByRole('button', { name: 'Check my answers' }).click();
  await expect(page.getByRole('alert')).toContainText('it is an intervention and not an assessment');
  await page.getByRole('radio', { name: /wishes for is there already/ }).check();
  await page.getByRole('button', { name: 'Check my answers' }).click();
  await expect(page.getByRole('status')).toContainText('You have finished this page.');

  await page.goto('/library?words=secure+base');
  await page.getByRole('link', { name: 'A Secure Base' }).click();
  await page.getByLabel('How many minutes?').fill('40');
  await page.getByRole('button', { name: 'Keep as read' }).click();
  await expect(page.getByRole('status')).toContainText('Kept as read.');

  await page.goto('/me/log');
  const entry = page.getByRole('listitem').filter({ hasText: 'Noticing: what VIG sees' });
  await expect(entry).toContainText('Recorded by the Centre');
  await expect(page.getByRole('listitem').filter({ hasText: 'A Secure Base' })).toContainText('40 minutes');
  await entry.getByRole('link', { name: /^Add a note/ }).click();
  await page.getByLabel('What do you take from it?').fill('Wait for the second look.');
  await page.getByRole('button', { name: 'Keep my note' }).click();
  await expect(entry).toContainText('Wait for the second look.');
  expect(await (await page.request.get('/me/log.csv')).text()).toContain('Wait for the second look.');
  const file = await page.request.get('/me/log.pdf');
  expect(file.headers()['content-type']).toBe('application/pdf');
  expect((await file.body()).subarray(0, 5).toString()).toBe('%PDF-');

  await page.getByRole('link', { name: 'My certificates' }).click();
  await page.getByRole('button', { name: 'Issue a certificate for Noticing: what VIG sees' }).click();
  await page.getByRole('link', { name: 'Learning page: Noticing: what VIG sees', exact: true }).click();
  await expect(page.getByRole('main')).toContainText('This certificate is valid.');
  const address = new URL(page.url()).pathname;

  await forgetSignIn(page);
  await page.goto(address);
  await expect(page.getByRole('main')).toContainText('Amina Rahman');

  await signInAs('clinical lead');
  await page.goto('/certificates');
  await page.getByLabel('Code').fill(address.split('/').pop() ?? '');
  await page.getByRole('button', { name: 'Find it' }).click();
  await page.getByLabel('Why is it revoked?').fill('Issued in a test');
  await page.getByRole('button', { name: 'Revoke this certificate' }).click();
  await expect(page.getByRole('main')).toContainText('Issued in a test');
  await forgetSignIn(page);
  await page.goto(address);
  await expect(page.getByRole('main')).toContainText('This certificate was revoked on 22 October 2026.');
  await expect(page.getByRole('main')).not.toContainText('Issued in a test');
});
