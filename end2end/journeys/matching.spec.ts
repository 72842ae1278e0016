import type { Page } from '@playwright/test';
import { expect, test } from '../test';

test('a coordinator moves somebody by hand, looks why they have no place, takes it back, pins them, and runs the round again', async ({ page, signInAs }) => {
  await signInAs('coordinator');
  await page.goto('/matching/1');
  const byHand = page.getByRole('region', { name: 'Changed by hand' });
  const score = await figure(page, 'Score');

  const member = page.getByRole('article').first().getByRole('list').getByRole('link').first();
  const name = await member.innerText();
  await member.click();
  await expect(page.getByRole('region', { name: new RegExp(`^Why ${name} is in Group`) })).toBeVisible();
  const where = page.getByRole('region', { name: `Where else could ${name} go?` });
  await expect(where).toBeVisible();
  await page.waitForLoadState();
  const back = where.getByRole('button', { name: `Move ${name}: back to the list` });
  if (await back.isVisible()) {
    await back.click();
  } else {
    // The group would be too small without them.
    await where.getByRole('combobox', { name: 'Where to' }).selectOption('list');
    await where.getByRole('button', { name: 'Move all the same' }).click();
    await expect(page.getByRole('alert')).toContainText('Say why the rule is broken.');
    await where.getByRole('combobox', { name: 'Where to' }).selectOption('list');
    await where.getByRole('textbox', { name: 'Why is the rule broken?' }).fill('They asked to wait');
    await where.getByRole('button', { name: 'Move all the same' }).click();
  }
  await expect(page.getByRole('status')).toContainText('Moved. Nobody is told anything of it.');
  await expect(byHand).toContainText('1 move by hand, 0 pins.');
  expect(await figure(page, 'Score')).not.toEqual(score);
  await expect(page.getByRole('region', { name: 'Record' })).toContainText(`${name} back to the list`);

  // Whoever has no place is told the nearest way to one, and is moved with one press.
  await page.getByRole('region', { name: /^Not placed/ }).getByRole('link', { name, exact: true }).first().click();
  await expect(page.getByRole('region', { name: `Why ${name} has no place` })).toContainText(/(Group \d+|A new group), .* week, with /);
  await expect(page.getByRole('region', { name: `Where could ${name} go?` }).getByRole('button', { name: /^Move/ }).first()).toBeVisible();

  await byHand.getByRole('button', { name: /^Undo/ }).click();
  await expect(page.getByRole('status')).toContainText('The last change is taken back.');
  expect(await figure(page, 'Score')).toEqual(score);

  // Whoever is pinned stays when it is run again.
  await page.getByRole('article').getByRole('link', { name, exact: true }).first().click();
  await page.getByRole('button', { name: 'Pin here' }).click();
  await expect(byHand).toContainText('0 moves by hand, 1 pin.');
  await byHand.getByRole('link', { name: 'Run again…' }).click();
  await expect(page.getByRole('radio', { name: /^Keep everybody where they are/ })).toBeChecked();
  await page.getByRole('radio', { name: /^Only who is pinned stays/ }).check();
  // A slider is moved by keys, and says what its steps are.
  await page.getByText('How much everything counts').click();
  const slider = page.getByRole('slider', { name: 'A preferred time' });
  await expect(slider).toHaveAccessibleDescription(/As usual 60/);
  await slider.press('ArrowRight');
  // Criterion by criterion a group is alike, mixed, or neither.
  const authority = page.getByRole('combobox', { name: 'Local authority' });
  await expect(authority).toHaveValue('mixed');
  await authority.selectOption({ label: 'Alike' });
  await page.getByRole('combobox', { name: 'Profession' }).selectOption({ label: 'Mixed' });
  await page.getByRole('combobox', { name: 'Setting', exact: true }).selectOption({ label: 'Alike' });
  await page.getByRole('button', { name: 'Run it again' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Newcomers, run 2');
  await expect(async () => {
    await page.reload();
    await expect(page.getByText('Against the board from which it was run')).toBeVisible();
  }).toPass({ timeout: 60_000 });
  await expect(page.getByText('One person was pinned and stays.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Newcomers', exact: true })).toHaveAttribute('href', '/matching/1');
  await page.getByRole('link', { name: 'Rules and weights' }).click();
  await expect(page.getByRole('row', { name: /^A preferred time/ })).toHaveText(/120\s*Twice/);
  const soft = page.getByRole('region', { name: 'How much everything else counts' });
  await expect(soft).toContainText(/Local authority\s*Alike.*Profession\s*Mixed.*Language\s*Does not matter.*Setting\s*Alike/s);
});

test('a coordinator looks what a round would give if everybody were free in the evening, and deletes that again', async ({ page, signInAs }) => {
  await signInAs('coordinator');
  await page.goto('/matching/1');
  const whatIf = page.getByRole('region', { name: 'What if?' });
  await whatIf.getByText('Suppose something').click();
  await whatIf.getByRole('button', { name: 'See what it would give' }).click();
  await expect(page.getByRole('alert')).toContainText('Choose what is supposed.');
  await whatIf.getByText('Suppose something').click();
  await whatIf.getByRole('radio', { name: /^Everybody could come from 17:00/ }).check();
  await whatIf.getByRole('button', { name: 'See what it would give' }).click();
  await expect(page.getByRole('status')).toContainText('The engine takes it up in a few seconds.');
  await expect(async () => {
    await page.reload();
    await expect(whatIf).toContainText('of the round would gain a place');
  }).toPass({ timeout: 60_000 });
  await whatIf.getByRole('button', { name: /^Delete.*Evenings/ }).click();
  await expect(page.getByRole('status')).toHaveText('It is deleted.');
  await expect(whatIf).not.toContainText('Evenings from 17:00');
  await page.goto('/matching');
  await expect(page.getByRole('region', { name: 'Rounds' }).getByRole('link', { name: /^Newcomers/ }).last()).toHaveAttribute('href', '/matching/1');
});

async function figure(page: Page, name: string) {
  return page.getByRole('term').filter({ hasText: name }).locator('xpath=following-sibling::dd[1]').innerText();
}
