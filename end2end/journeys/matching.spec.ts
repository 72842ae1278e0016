import type { Page } from '@playwright/test';
import { expect, test } from '../test';

test('a coordinator looks why somebody has no place, moves another, takes it back, pins them, and runs the round again', async ({ page, signInAs }) => {
  await signInAs('coordinator');
  await page.goto('/matching/1');
  const score = await figure(page, 'Score');

  // Why somebody has no place, in words.
  const waiting = page.getByRole('region', { name: /^Not placed/ }).getByRole('listitem').first();
  const name = await waiting.getByRole('link').first().innerText();
  await waiting.getByRole('link').first().click();
  const why = page.getByRole('region', { name: `Why ${name} has no place` });
  await expect(why).toContainText(/Group \d+, .* with|A new group, .* with/);
  await expect(page.getByRole('region', { name: `Where could ${name} go?` })).toBeVisible();

  // A member goes back to the list: the score follows at once, and with a reason where a rule is broken.
  const member = page.getByRole('article').first().getByRole('list').getByRole('link').first();
  const moved = await member.innerText();
  await member.click();
  const where = page.getByRole('region', { name: `Where else could ${moved} go?` });
  const back = where.getByRole('button', { name: `Move ${moved}: back to the list` });
  if (await back.isVisible()) {
    await back.click();
  } else {
    await where.getByRole('combobox', { name: 'Where to' }).selectOption('list');
    await where.getByRole('button', { name: 'Move all the same' }).click();
    await expect(page.getByRole('alert')).toContainText('Say why the rule is broken.');
    await where.getByRole('textbox', { name: 'Why is the rule broken?' }).fill('She asked to wait');
    await where.getByRole('button', { name: 'Move all the same' }).click();
  }
  await expect(page.getByRole('status')).toContainText('Moved. Nobody is told anything of it.');
  await expect(page.getByRole('region', { name: 'Changed by hand' })).toContainText('1 move by hand, 0 pins.');
  expect(await figure(page, 'Score')).not.toEqual(score);
  await expect(page.getByRole('region', { name: 'Record' })).toContainText(`${moved} back to the list`);

  await page.getByRole('region', { name: 'Changed by hand' }).getByRole('button', { name: /^Undo/ }).click();
  await expect(page.getByRole('status')).toContainText('The last change is taken back.');
  expect(await figure(page, 'Score')).toEqual(score);

  // Whoever is pinned stays when it is run again.
  await page.getByRole('article').getByRole('link', { name: moved, exact: true }).first().click();
  await page.getByRole('button', { name: 'Pin here' }).click();
  await expect(page.getByRole('region', { name: 'Changed by hand' })).toContainText('0 moves by hand, 1 pin.');
  await page.getByRole('button', { name: 'Run again, keep pins' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Newcomers, run 2');
  await expect(async () => {
    await page.reload();
    await expect(page.getByText('Against the board from which it was run')).toBeVisible();
  }).toPass({ timeout: 60_000 });
  await expect(page.getByText('One person was pinned and stays.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Newcomers', exact: true })).toHaveAttribute('href', '/matching/1');
});

async function figure(page: Page, name: string) {
  return page.getByRole('term').filter({ hasText: name }).locator('xpath=following-sibling::dd[1]').innerText();
}
