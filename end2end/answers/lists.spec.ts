// Every list can be taken along: the file holds the rows of the page, for whoever may see the page.

import { expect, test } from '../test';

for (const { list, role, row } of [
  { list: '/people', role: 'coordinator', row: 'th[scope="row"] a' },
  { list: '/people?role=supervisor&standing=registered', role: 'administrator', row: 'th[scope="row"] a' },
  { list: '/groups?kind=group&name=a', role: 'coordinator', row: 'th[scope="row"] a' },
  { list: '/groups?kind=supervisors', role: 'clinical lead', row: 'th[scope="row"] a' },
  { list: '/authorities?stage=aware&sort=step', role: 'clinical lead', row: 'th[scope="row"] a' },
  { list: '/authorities?overdue=lapsed', role: 'coordinator', row: 'th[scope="row"] a' },
] as const) {
  test(`${list} and its file hold the same rows, as ${role} sees them`, async ({ page, signInAs }) => {
    await signInAs(role);
    await page.goto(list);
    const names = await page.locator(row).allInnerTexts();
    expect(names.length).toBeGreaterThan(0);
    const address = await page.getByRole('link', { name: 'Download as CSV' }).getAttribute('href');
    const answer = await page.request.get(address ?? '');
    expect(answer.headers()['content-type']).toBe('text/csv; charset=utf-8');
    const rows = (await answer.text()).trim().split('\r\n').slice(1);
    expect(rows.length).toBeGreaterThanOrEqual(names.length);
    // The page shows the first of them, in the same order.
    names.forEach((name, place) => {
      const cell = name.includes(',') ? `"${name}"` : name;
      expect(rows[place]?.startsWith(`${cell},`), `${rows[place]} begins with ${cell}`).toBe(true);
    });
    if (list.startsWith('/authorities')) {
      expect(rows.length).toBe(names.length);
    }
  });
}

test('the file of the groups names nobody who is supervised', async ({ page, signInAs }) => {
  await signInAs('coordinator');
  await page.goto('/groups?kind=one_to_one');
  const name = (await page.locator('th[scope="row"] a').first().innerText()).split(' with ')[1] ?? '';
  expect(name).toMatch(/^\S+ \S\.$/);
  const file = await (await page.request.get('/groups.csv?kind=one_to_one')).text();
  expect(file.split('\r\n').slice(1).every((row) => row === '' || row.startsWith('One-to-one supervision,'))).toBe(true);
});
