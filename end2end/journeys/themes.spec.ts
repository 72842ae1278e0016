import { expect, test } from '../test';

// A moment of its own gives this test a server of its own.
test.use({ now: '2026-10-22T08:50:11Z' });

test('a theme is raised, gathered with another, becomes a change that everybody reads, and its contributor is told', async ({ page, signInAs }) => {
  const words = 'Second children are hardly ever spoken about.';
  await signInAs('supervisor');
  await page.goto('/me/themes');
  await page.getByLabel('What comes up again and again?').fill('Ask ruth@nhs.example');
  await page.getByLabel('In how many groups have you met it?').fill('2');
  await page.getByRole('button', { name: 'Raise it' }).click();
  await expect(page.getByRole('alert')).toContainText('It looks like an email address.');
  await page.getByLabel('What comes up again and again?').fill(words);
  await page.getByRole('button', { name: 'Raise it' }).click();
  await expect(page.getByRole('status')).toContainText('neither who wrote it nor of which group');

  await signInAs('coordinator');
  await page.goto('/themes');
  await expect(page.getByRole('main')).not.toContainText('Adeyemi');
  await page.getByRole('checkbox', { name: words }).check();
  await page.getByRole('checkbox', { name: /^Travel between visits/ }).check();
  await page.getByLabel('Title, if it is something new').fill('Brothers and sisters');
  await page.getByRole('button', { name: 'Gather them' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Brothers and sisters');
  await page.getByRole('listitem').filter({ hasText: 'Travel between visits' }).getByRole('button', { name: 'Take out' }).click();
  await expect(page.getByRole('checkbox', { name: /^Travel between visits/ })).toBeVisible();
  await page.getByRole('link', { name: 'Brothers and sisters' }).click();
  await page.getByRole('radio', { name: 'A change at the Centre' }).check();
  await page.getByLabel(/^What it is, what is changed/).fill('The first session of a group asks who else is in the house.');
  await page.getByRole('button', { name: 'Keep it and tell them' }).click();
  await expect(page.getByRole('alert')).toContainText('Say what the Centre heard.');
  await page.getByLabel('What the Centre heard, for a change').fill('Brothers and sisters are left out.');
  await page.getByRole('button', { name: 'Keep it and tell them' }).click();
  await expect(page.getByRole('status')).toContainText('It is kept');

  await signInAs('practitioner');
  await page.goto('/improvements');
  await expect(page.getByRole('main')).toContainText('Brothers and sisters are left out.');
  await expect(page.getByRole('main')).toContainText('Met in fewer than 5 groups.');
  expect((await page.goto('/themes'))?.status()).toBe(404);

  await signInAs('supervisor');
  await page.goto('/me/themes');
  const own = page.getByRole('region').filter({ hasText: words });
  await expect(own).toContainText('A change at the Centre, Thursday 22 October 2026.');
  await own.getByRole('link', { name: 'See it in the improvement log' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You said, we did');
});

test('whoever decides a theme second keeps what they wrote and sees what stands there now', async ({ page, context, signInAs }) => {
  await signInAs('coordinator');
  await page.goto('/themes');
  await page.getByRole('checkbox').first().check();
  await page.getByLabel('Title, if it is something new').fill('Decided by two');
  await page.getByRole('button', { name: 'Gather them' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Decided by two');
  const second = await context.newPage();
  await second.goto(page.url());
  await page.getByRole('radio', { name: 'Set aside for now' }).check();
  await page.getByLabel(/^What it is, what is changed/).fill('Evenings are full until spring.');
  await page.getByRole('button', { name: 'Keep it and tell them' }).click();
  await expect(page.getByRole('status')).toContainText('It is kept');

  await second.getByRole('radio', { name: 'A resource' }).check();
  await second.getByLabel(/^What it is, what is changed/).fill('A page about evenings.');
  await second.getByLabel(/^Where it is/).fill('/library/evenings');
  await second.getByRole('button', { name: 'Keep it and tell them' }).click();
  await expect(second.getByRole('alert')).toContainText('beside it what stands there now');
  await expect(second.getByLabel(/^What it is, what is changed/)).toHaveValue('A page about evenings.');
  const form = second.getByRole('region', { name: 'What you entered' });
  await expect(form).toContainText('Meanwhile it was changed to: Evenings are full until spring.');
  await expect(form).toContainText('Meanwhile it was changed to: Set aside for now');
  await expect(form.getByRole('button')).toHaveCount(0);
});

test('everybody is asked what to take up next, and finds that beside what was changed', async ({ page, signInAs }) => {
  await signInAs('coordinator');
  await page.goto('/improvements');
  await expect(page.getByRole('main')).toContainText('For a year nobody has been asked what the community should take up next');
  await page.goto('/community/new?space=ask-anything');
  await page.getByRole('textbox', { name: 'Title' }).fill('What should we take up next year?');
  await page.getByRole('textbox', { name: 'Your words' }).fill('Please choose as many as you like.');
  await page.getByRole('button', { name: 'Post it' }).click();
  await page.getByRole('link', { name: 'Add a poll…' }).click();
  const answers = page.getByRole('textbox', { name: 'The answers' });
  await answers.fill('Fathers\nRing 07700 900123');
  await page.getByRole('checkbox', { name: 'Several can be chosen' }).check();
  await page.getByRole('checkbox', { name: /^What the community takes up next/ }).check();
  await page.getByRole('button', { name: 'Add the poll' }).click();
  await expect(page.getByRole('alert')).toContainText('It looks like a telephone number.');
  await answers.fill('Fathers\nEndings');
  await page.getByRole('button', { name: 'Add the poll' }).click();
  const poll = page.getByRole('region', { name: 'Poll: what we take up next' });
  await expect(poll).toContainText('Nobody has answered yet.');

  await signInAs('practitioner');
  await page.goto('/improvements');
  await expect(page.getByRole('region', { name: 'What we take up next' })).toContainText('You have not answered yet.');
  await page.getByRole('link', { name: 'What should we take up next year?' }).click();
  await poll.getByRole('button', { name: 'Answer' }).click();
  await expect(page.getByRole('alert')).toContainText('Choose at least one of the answers.');
  await poll.getByRole('checkbox', { name: 'Endings' }).check();
  await poll.getByRole('button', { name: 'Answer' }).click();
  await expect(poll.getByRole('listitem').filter({ hasText: 'Endings (your answer)' })).toContainText('1');
  await poll.getByText('Change your answer').click();
  await poll.getByRole('checkbox', { name: 'Endings' }).uncheck();
  await poll.getByRole('button', { name: 'Answer' }).click();
  await expect(page.getByRole('status').first()).toContainText('Your answer is taken back.');
  await expect(poll).toContainText('Nobody has answered yet.');
});
