// A session is moved by hand on the board: to another day of its supervisor's, or to somebody else who then leads it.

import type { Page } from '@playwright/test';
import { fingerOn } from '../../finger';
import { saveAllTheSame } from '../../pages/ways';
import { enterAs, expect, test, type Role } from '../../test';

const WEEK = '/board/2026-10-26';

// The cells of the board are for wide screens; on a narrow one a session is moved from its own page. A moment of its own gives these tests a server of
// their own, on which nobody else has cancelled what they move.
test.use({ viewport: { width: 1440, height: 900 }, now: '2026-10-22T08:50:19Z' });

test('by keys a session goes to another day, its page asks which sessions change, and the change is undone', async ({ page, signInAs }) => {
  await open(page, signInAs);
  await aire(page).focus();
  await page.keyboard.press('m');
  await expect(said(page, 'Moving. Left and right go by a day, up and down to another supervisor.')).toBeAttached();
  await page.keyboard.press('ArrowRight');
  await expect(said(page, 'Friday 30 October, 10:00 to 11:30, led by Dr Ruth A.')).toBeAttached();
  await expect(aire(page)).toBeFocused();
  // Beyond Friday there is nothing, and above all no other supervisor's Monday.
  await page.keyboard.press('ArrowRight');
  await expect(said(page, 'Friday 30 October, 10:00 to 11:30, led by Dr Ruth A.')).toBeAttached();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/move\?scope=this&starts_on=2026-10-30&starts_time=10:00&length_minutes=90&back=\/board\/2026-10-26$/);
  await expect(page.getByRole('heading', { name: '1 session changes' })).toBeVisible();
  await expect(page.getByRole('group', { name: 'Which sessions change?' }).first()).toBeVisible();
  await saveAllTheSame(page, /^Save and tell/);
  // Back on the board, at what was moved; the undo leads back there as well.
  await expect(page).toHaveURL(/\/board\/2026-10-26#s-\w{8}$/);
  await expect(said(page, '1 session is changed.')).toBeVisible();
  await expect(aireOn(page, 'Friday 30 October')).toBeFocused();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page).toHaveURL(/\/board\/2026-10-26#s-\w{8}$/);
  await expect(said(page, 'It is as it was before.')).toBeVisible();
  await expect(aire(page)).toBeFocused();
});

test('by keys a session goes to another supervisor who can lead it then, and its page names who', async ({ page, signInAs }) => {
  await open(page, signInAs);
  await aire(page).focus();
  await page.keyboard.press('m');
  await shaded(page);
  const free = (await cells(page)).find((cell) => cell.day === '2026-10-29' && cell.leader !== 'Dr Ruth A.' && cell.fits === 'yes')!;
  await goTo(page, free);
  await expect(said(page, `Thursday 29 October, 10:00 to 11:30, led by ${free.leader}`)).toBeAttached();
  await expect(aire(page)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/move\\?scope=this&starts_on=2026-10-29&starts_time=10:00&length_minutes=90&supervisor=${free.code}&back=/board/2026-10-26$`));
  await expect(page.getByRole('row').filter({ hasText: `Led by ${free.leader}` })).toContainText('Led by Dr Ruth A.');
  await expect(page.getByLabel('Led by').locator('option:checked')).toHaveText(free.leader);
  await expect(page.getByRole('group', { name: 'Which sessions change?' }).first()).toBeVisible();
});

test('where somebody cannot lead it the reason is said, and the session stays where it was', async ({ page, signInAs }) => {
  await open(page, signInAs);
  await aire(page).focus();
  await page.keyboard.press('m');
  await shaded(page);
  const taken = (await cells(page)).find((cell) => cell.fits === 'no')!;
  await goTo(page, taken);
  await expect(said(page, `led by ${taken.leader}: not possible, ${taken.why}`)).toBeAttached();
  await expect(aire(page)).toHaveAttribute('data-why', `not possible, ${taken.why}`);
  await page.keyboard.press('Enter');
  await expect(said(page, `It cannot be held then: ${taken.why}. It stays where it was.`)).toBeAttached();
  await expect(page).toHaveURL(WEEK);
  await expect(rowOf(page, 'Dr Ruth A.').locator('td').nth(3).locator('a').filter({ hasText: 'Aire group' })).toBeFocused();
  await expect(page.locator('.board .day__busy')).toHaveCount(0);
});

test('a move that is left alone leaves the session where it was, and the link opens it as ever', async ({ page, signInAs }) => {
  await open(page, signInAs);
  await aire(page).focus();
  const before = await aire(page).boundingBox();
  await page.keyboard.press('m');
  await page.keyboard.press('ArrowLeft');
  expect((await aire(page).boundingBox())?.x).not.toBe(before?.x);
  await page.keyboard.press('Escape');
  await expect(said(page, 'It stays where it was.')).toBeAttached();
  expect(await aire(page).boundingBox()).toEqual(before);
  await expect(aire(page)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/sessions\/\w{8}\?back=\/board\/2026-10-26$/);
});

test('with the mouse a session is dragged to another day, and to another day of somebody else', async ({ page, signInAs }) => {
  await open(page, signInAs);
  await drag(page, rowOf(page, 'Dr Ruth A.').locator('td').nth(4));
  await expect(page).toHaveURL(/\/move\?scope=this&starts_on=2026-10-30&starts_time=10:00&length_minutes=90&back=\/board\/2026-10-26$/);

  await page.goto(WEEK);
  await awake(page);
  // The nearest in the list who can lead it then, so that both are in view.
  await aire(page).focus();
  await page.keyboard.press('m');
  await shaded(page);
  const board = await cells(page);
  const own = board.find((cell) => cell.leader === 'Dr Ruth A.')!.line;
  const far = (cell: Cell) => Math.abs(cell.line - own);
  const free = board.filter((cell) => cell.day === '2026-10-30' && cell.line !== own && cell.fits === 'yes').sort((one, other) => far(one) - far(other))[0]!;
  await page.keyboard.press('Escape');
  const dropped = await drag(page, rowOf(page, free.leader).locator('td').nth(4));
  expect(dropped).toContain(`Friday 30 October, 10:00 to 11:30, led by ${free.leader}`);
  await expect(page).toHaveURL(new RegExp(`starts_on=2026-10-30&starts_time=10:00&length_minutes=90&supervisor=${free.code}&back=/board/2026-10-26$`));
  await expect(page.getByRole('row').filter({ hasText: `Led by ${free.leader}` })).toContainText('Fri 30 Oct, 10:00 to 11:30');
});

test('whoever plans no sessions moves none, and is not told how', async ({ page, signInAs }) => {
  await signInAs('clinical lead');
  await page.goto(WEEK);
  await expect(aire(page)).toBeVisible();
  await expect(page.locator('[data-moves], [data-says-how]')).toHaveCount(0);
});

test('a session that somebody else has moved meanwhile is moved on from there', async ({ page, reverie, browser, signInAs }) => {
  await open(page, signInAs, '/board/2026-11-16');
  const on = (day: string) => page.getByRole('link', { name: new RegExp(`^1\\d:00 Aire group,.*${day}`) });
  const address = (await on('Thursday 19 November').getAttribute('href'))!.split('?')[0];

  const elsewhere = await browser.newContext({ baseURL: reverie.address, locale: 'en-GB' });
  const supervisor = await elsewhere.newPage();
  await enterAs(supervisor, 'supervisor');
  await supervisor.goto(`${address}/move?scope=this&starts_on=2026-11-20&starts_time=14:00&length_minutes=90`);
  await saveAllTheSame(supervisor, /^Save and tell/);
  await expect(supervisor.getByRole('status')).toContainText('1 session is changed.');
  await expect(on('Friday 20 November')).toBeVisible();

  await on('Friday 20 November').focus();
  await page.keyboard.press('m');
  await page.keyboard.press('ArrowLeft');
  await expect(said(page, 'Thursday 19 November, 14:00 to 15:30, led by Dr Ruth A.')).toBeAttached();
  // What is in hand stays there, whatever becomes of it elsewhere.
  await supervisor.getByRole('button', { name: 'Undo' }).click();
  await expect(supervisor.getByRole('status')).toContainText('It is as it was before.');
  await page.waitForTimeout(1_500);
  await expect(on('Friday 20 November')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(on('Thursday 19 November')).toBeFocused();
  await elsewhere.close();
});

test.describe('With a finger', () => {
  test.use({ hasTouch: true, isMobile: true });

  test('a session on which it rests is dragged to another day', async ({ page, signInAs }) => {
    await open(page, signInAs);
    const [from, to] = await inView(page, rowOf(page, 'Dr Ruth A.').locator('td').nth(4));
    const finger = await fingerOn(page, from.x, from.y);
    await expect(page.locator('.ev--moving')).toBeAttached();
    await finger.drag(to.x - from.x, to.y - from.y);
    await expect(said(page, 'Friday 30 October, 10:00 to 11:30, led by Dr Ruth A.')).toBeAttached();
    await finger.lift();
    await expect(page).toHaveURL(/\/move\?scope=this&starts_on=2026-10-30&starts_time=10:00&length_minutes=90&back=\/board\/2026-10-26$/);
  });

  test('a session over which it is drawn stays where it is, and one from which it is lifted opens nothing', async ({ page, signInAs }) => {
    await open(page, signInAs);
    const [from, to] = await inView(page, rowOf(page, 'Dr Ruth A.').locator('td').nth(4));
    const drawn = await fingerOn(page, from.x, from.y);
    await drawn.drag(to.x - from.x, to.y - from.y);
    await expect(page.locator('.ev--moving')).toHaveCount(0);
    await drawn.lift();

    const rests = await fingerOn(page, from.x, from.y);
    await expect(page.locator('.ev--moving')).toBeAttached();
    await rests.lift();
    await expect(said(page, 'It stays where it was.')).toBeAttached();
    await expect(page).toHaveURL(WEEK);
  });
});

/** The session in hand. Its name says its day, which does not change while it is moved. */
function aire(page: Page) {
  return page.getByRole('link', { name: /^10:00 Aire group,.*Thursday 29 October 2026/ });
}

/** The same on another day. */
function aireOn(page: Page, day: string) {
  return page.getByRole('link', { name: new RegExp(`^10:00 Aire group,.*${day} 2026`) });
}

function rowOf(page: Page, supervisor: string) {
  return page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: new RegExp(`^${supervisor.replaceAll('.', '\\.')}`) }) });
}

function said(page: Page, words: string) {
  return page.getByRole('status').filter({ hasText: words });
}

type Cell = { line: number; day: string; leader: string; code: string; fits: 'yes' | 'with a reason' | 'no'; why: string };

/** Every cell of the board while a session is in hand: whose it is, and whether the session could be there. */
async function cells(page: Page): Promise<Cell[]> {
  return page.evaluate(() => {
    const days = [...document.querySelectorAll('.board thead [data-date]')].map((head) => head.getAttribute('data-date')!);
    return [...document.querySelectorAll('.board tbody tr:not([data-gone])')].flatMap((row) => {
      const line = [...row.parentElement!.children].indexOf(row);
      const [leader, code] = [row.querySelector('th')!.firstChild!.textContent!, row.getAttribute('data-leader')!];
      return [...row.querySelectorAll('td')].map((cell, place) => {
        const no = cell.querySelector('.day__busy:not(.day__busy--asks)');
        const fits: Cell['fits'] = no ? 'no' : cell.querySelector('.day__busy') ? 'with a reason' : 'yes';
        return { line, day: days[place]!, leader, code, fits, why: no?.textContent ?? '' };
      });
    });
  });
}

/** Takes the session in hand to a cell by the arrow keys. */
async function goTo(page: Page, cell: Cell) {
  const here = await page.evaluate(() => {
    const cell = document.querySelector('.ev--moving')!.closest('td')!;
    const row = cell.parentElement!;
    return { line: [...row.parentElement!.children].indexOf(row), place: [...row.querySelectorAll('td')].indexOf(cell) };
  });
  const days = await page.locator('.board thead [data-date]').evaluateAll((heads) => heads.map((head) => head.getAttribute('data-date')));
  const press = async (key: string, times: number) => {
    for (let time = 0; time < times; time += 1) {
      await page.keyboard.press(key);
    }
  };
  const [right, down] = [days.indexOf(cell.day) - here.place, cell.line - here.line];
  await press(right < 0 ? 'ArrowLeft' : 'ArrowRight', Math.abs(right));
  await press(down < 0 ? 'ArrowUp' : 'ArrowDown', Math.abs(down));
}

/** Waits until the server has said when who cannot lead it. */
async function shaded(page: Page) {
  await expect(page.locator('.board .day__busy').first()).toBeAttached();
}

type Place = { x: number; y: number };

/** The middle of the session and that of a cell, both well within the screen. */
async function inView(page: Page, cell: ReturnType<Page['locator']>): Promise<[Place, Place]> {
  await aire(page).evaluate((link) => link.scrollIntoView({ block: 'center' }));
  const middle = (box: { x: number; y: number; width: number; height: number }) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
  return [middle((await aire(page).boundingBox())!), middle((await cell.boundingBox())!)];
}

/** Drags the session to a cell with the mouse. Answers what was said of it there, before it was let go. */
async function drag(page: Page, cell: ReturnType<Page['locator']>): Promise<string> {
  const [from, to] = await inView(page, cell);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 8 });
  await shaded(page);
  // What is said of a place waits for what the server has said of it.
  await page.mouse.move(to.x + 2, to.y);
  const words = await page.getByRole('status').filter({ hasText: 'led by' }).innerText();
  await page.mouse.up();
  return words;
}

/** A week of the board, once a session can be moved. */
async function open(page: Page, signInAs: (role: Role) => Promise<void>, week = WEEK) {
  await signInAs('coordinator');
  await page.goto(week);
  await awake(page);
}

async function awake(page: Page) {
  await expect(page.getByText('To move a session, drag it to another day or another supervisor')).toBeVisible();
}
