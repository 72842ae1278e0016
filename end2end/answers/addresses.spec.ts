// What somebody may type, or find in an old message.

import { expect, test } from '../test';

const addresses = [
  { address: '/calendar/week/2026-02-30', status: 404 },
  { address: '/calendar/week/yesterday', status: 404 },
  { address: '/calendar/agenda/0000-00-00', status: 404 },
  { address: '/calendar/month/2026-13', status: 404 },
  { address: '/calendar/month/october', status: 404 },
  { address: '/calendar/day/2026-02-29', status: 404 },
  { address: '/sessions/%00', status: 404 },
  { address: '/sessions/zzzzzzzz%20', status: 404 },
  { address: '/groups/..%2f..%2fetc', status: 404 },
  { address: '/groups/%ff', status: 404 },
  { address: '/groups/aire/series/99999999999999999999', status: 404 },
  { address: '/groups/aire/agreement/v-1', status: 404 },
  { address: '/calendar/week/2026-10-19?show=nonsense', status: 200 },
  { address: '/calendar/week/2026-10-19?show=%ff', status: 200 },
];

test('an address that makes no sense is not found, and nonsense behind a good one changes nothing', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  for (const { address, status } of addresses) {
    const answer = await page.request.get(address);
    expect.soft(answer.status(), address).toBe(status);
    expect.soft(await answer.text(), address).toMatch(/<h1\b/);
  }
});

test('from an address that is nowhere whoever has not signed in is led to signing in, and everybody else to Today', async ({ page, signInAs }) => {
  const main = page.getByRole('main');
  expect((await page.goto('/nowhere'))?.status()).toBe(404);
  await expect(main.getByRole('heading', { level: 1 })).toHaveText('Page not found');
  await expect(main.getByRole('link', { name: 'Sign in' })).toHaveAttribute('href', '/sign-in');
  await expect(main.getByRole('link', { name: 'Go to Today' })).toHaveCount(0);
  await signInAs('practitioner');
  expect((await page.goto('/nowhere'))?.status()).toBe(404);
  await expect(main.getByRole('link', { name: 'Go to Today' })).toBeVisible();
});

test('each kind of link that never was, was used or has run out is answered the same, with what to do instead', async ({ page }) => {
  for (const kind of ['invitation', 'reset', 'link']) {
    const answers = [];
    for (const token of ['never-was', 'A'.repeat(43), '%00', 'a%2fb']) {
      const answer = await page.request.get(`/sign-in/${kind}/${token}`);
      const html = await answer.text();
      answers.push({ status: answer.status(), heading: /<h1\b[^>]*>(.*?)<\/h1>/s.exec(html)?.[1] });
    }
    expect.soft(new Set(answers.map((answer) => JSON.stringify(answer))).size, kind).toBe(1);
    expect.soft(answers[0]?.status, kind).toBe(410);
  }
});
