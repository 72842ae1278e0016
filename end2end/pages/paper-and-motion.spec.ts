// What a reader asks of their device beside light and dark: paper, and less movement.

import type { Page } from '@playwright/test';
import { expect, test } from '../test';

test('the week prints as its agenda, without the ways around it and without the name of anybody in individual supervision', async ({ page, signInAs }) => {
  await signInAs('supervisor');
  await page.goto('/calendar/week/2026-10-19');
  const grid = page.locator('.week');
  const agenda = page.locator('.agenda');
  await expect(grid).toBeVisible();
  await expect(agenda).toBeHidden();
  // Whose supervision it is stands in the list on a phone, which its reader alone sees.
  await page.setViewportSize({ width: 390, height: 844 });
  await agenda.getByText('Earlier this week, 2 sessions').click();
  const alone = agenda.getByRole('link', { name: /^\w+ \w\., one-to-one, Tuesday 20 October/ });
  const name = (await alone.innerText()).split(', ')[0] ?? '';
  expect(await wordsInView(agenda)).toContain(name);
  await page.setViewportSize({ width: 1440, height: 900 });

  await page.emulateMedia({ media: 'print' });
  await expect(grid).toBeHidden();
  await expect(agenda).toBeVisible();
  await expectNothingToPress(page);
  const words = await wordsInView(page.locator('body'));
  expect(words).toContain('Thursday 22 October');
  expect(words).toContain('Aire group');
  expect(words).toContain('Tuesday 20 October');
  expect(words).toContain('One-to-one');
  expect(words).not.toContain(name);
  // What stands there for screen readers alone is in a printed file too.
  expect(await page.locator('body').innerText()).toContain('One-to-one, Tuesday 20 October');
  expect(await page.locator('body').innerText()).not.toContain(name);

  await page.emulateMedia({ media: null });
  await page.goto('/calendar/week/2026-10-19?print');
  const shown = await page.locator('body').innerText();
  expect(shown).toContain('Tuesday 20 October');
  expect(shown).not.toContain(name);
});

test('an agreement prints with its version, who agreed on which day, and when it was printed', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/groups/aire/agreement/v1');
  await page.getByRole('link', { name: 'Show as printed' }).click();
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByText(/^Version \d+, in force since \w+ \d+ \w+ \d{4}\./)).toBeVisible();
  await expect(page.getByText(/Agreed on \w+ \d+ \w+ \d{4}\./).first()).toBeVisible();
  await expect(page.getByText('Printed on Thursday 22 October 2026 at 09:50, UK time.')).toBeVisible();
  await expect(page.getByText('Who can see this:').first()).toBeVisible();
  await expectNothingToPress(page);
});

test('an attendance prints as a table with room for signatures', async ({ page, signInAs }) => {
  await signInAs('supervisor');
  await page.goto('/groups/aire');
  await page.getByRole('link', { name: 'Thursday 8 October 2026' }).click();
  await page.getByRole('link', { name: 'See who came' }).click();
  const table = page.getByRole('table', { name: 'Attendance, to be signed' });
  await expect(table).toBeHidden();
  await page.emulateMedia({ media: 'print' });
  await expect(table.getByRole('columnheader')).toHaveText(['Name', 'Attendance', 'Signature']);
  const amina = table.getByRole('row').filter({ hasText: 'Amina R.' });
  await expect(amina.getByRole('cell').first()).not.toBeEmpty();
  await expect(page.locator('.attend').filter({ visible: true })).toHaveCount(0);
  await expectNothingToPress(page);
});

test('a group prints black on white with who can see it, and without what can be pressed', async ({ page, signInAs }) => {
  await signInAs('coordinator');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto('/groups/aire');
  const change = page.getByRole('link', { name: /^Change/ }).first();
  await expect(change).toBeVisible();

  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByText('Who can see this:').first()).toBeVisible();
  await expect(page.getByRole('region', { name: 'Who is in it' })).toContainText('Amina R.');
  await expectNothingToPress(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveCSS('color', 'rgb(0, 0, 0)');
  await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(255, 255, 255)');
  // A4 less its margins, at 96 pixels to the inch.
  await page.setViewportSize({ width: 680, height: 1000 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
});

test('whoever asks for less movement sees none, on the pages that would otherwise move', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  for (const address of ['/today', '/me/appearance']) {
    await page.goto(address);
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    expect.soft(await moving(page), address).not.toEqual([]);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    expect.soft(await moving(page), address).toEqual([]);
  }
});

/** On paper there is nothing to press. */
async function expectNothingToPress(page: Page) {
  for (const part of [page.getByRole('navigation'), page.getByRole('button'), page.locator('.btn'), page.getByRole('searchbox')]) {
    await expect(part.filter({ visible: true })).toHaveCount(0);
  }
}

/** What can be read: neither what is hidden nor what stands there for screen readers alone. */
async function wordsInView(part: ReturnType<Page['locator']>) {
  return part.evaluate((root) => {
    const words: string[] = [];
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const parent = text.parentElement;
      const isInView = parent?.checkVisibility() && !parent.closest('.vh, script, style');
      if (isInView && text.textContent?.trim()) {
        words.push(text.textContent.trim());
      }
    }
    return words.join('\n');
  });
}

/** Everything that moves, or would when somebody points at it. */
async function moving(page: Page) {
  return page.evaluate(() => {
    const moves = (element: Element, part?: string) => {
      const { transitionDuration, animationName, animationDuration } = getComputedStyle(element, part);
      const takesTime = (times: string) => times.split(', ').some((time) => parseFloat(time) > 0);
      return takesTime(transitionDuration) || (animationName !== 'none' && takesTime(animationDuration));
    };
    return [...document.querySelectorAll('body *')]
      .filter((element) => moves(element) || moves(element, '::before') || moves(element, '::after'))
      .map((element) => `${element.tagName.toLowerCase()}.${element.className}`);
  });
}
