// The month, the caseload board and FullCalendar in one browser, in one run, by turns. Prints lines of a table.
//
//   node measure.mjs ADDRESS COOKIE_OF_SUPERVISOR COOKIE_OF_COORDINATOR MONTH WEEK
//
// Something is on screen when the second frame after it begins. A page is timed from the first byte of its answer until all of it is there, with what
// its own scripts draw; what is put into a page that is there already, from the moment at which its text is at hand: HTML with us, events with
// FullCalendar.

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { chromium } from '@playwright/test';

const ROUNDS = 15;
const [address, supervisor, coordinator, month, week] = process.argv.slice(2);
const nextWeek = new Date(Date.parse(week) + 7 * 86_400_000).toISOString().slice(0, 10);

let events = '[]';
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--disable-gpu', '--disable-quic', '--disable-sync'] });
const peer = await serveFullCalendar();
try {
  await measure();
} finally {
  peer.close();
  await browser.close();
}

async function measure() {
  const ours = await windowOf(supervisor);
  const theirs = await windowOf();
  const path = `${address}/calendar/month/${month.slice(0, 7)}`;
  events = await eventsOf(ours);

  const [drawn, drawnByPeer, opened, openedByPeer] = [[], [], [], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    opened.push(await arrival(ours, path));
    drawn.push(await ours.evaluate(putBack));
    openedByPeer.push(await arrival(theirs, `http://127.0.0.1:${peer.address().port}/`));
    drawnByPeer.push(await theirs.evaluate(() => globalThis.drawAgain()));
  }
  const count = JSON.parse(events).length;
  row(`A month of ${count} sessions, put on screen (no more than FullCalendar wanted)`, drawn);
  row('FullCalendar: the same month, put on screen', drawnByPeer);
  row(`A month of ${count} sessions, opened as a page`, opened);
  row('FullCalendar: the same month, opened as a page with its events in it', openedByPeer);

  const boards = await windowOf(coordinator);
  const arrivals = [];
  const moves = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    arrivals.push(await arrival(boards, `${address}/board/${week}`));
    moves.push(await move(boards, 'Week after', nextWeek));
  }
  await boards.goto(`${address}/board/${week}`);
  const [lines, links] = await boards.evaluate(() => [document.querySelectorAll('.board tbody tr').length, document.querySelectorAll('.board .bev').length]);
  row(`A week of the caseload board, ${lines} supervisors and ${links} sessions, on screen (≤ 150 ms wanted)`, arrivals);
  row('From that week to the next, from the click (≤ 50 ms wanted)', moves);
}

/** A window that notes when its page is on screen. */
async function windowOf(cookie) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  if (cookie) {
    const [name, value] = cookie.split('=');
    await context.addCookies([{ name, value, url: address }]);
  }
  await context.addInitScript(() => {
    addEventListener('DOMContentLoaded', () => {
      requestAnimationFrame(() => requestAnimationFrame(() => (globalThis.onScreen = performance.now())));
    });
  });
  return context.newPage();
}

async function untilOnScreen(page) {
  await page.waitForFunction(() => globalThis.onScreen !== undefined);
}

async function arrival(page, url) {
  await page.goto(url);
  await untilOnScreen(page);
  return page.evaluate(() => globalThis.onScreen - performance.getEntriesByType('navigation')[0].responseStart);
}

/** Takes the calendar out of the page and puts it in again, from its HTML; in the browser. */
function putBack() {
  const calendar = document.querySelector('.cal');
  const html = calendar.innerHTML;
  calendar.replaceChildren();
  return new Promise((drawn) => {
    requestAnimationFrame(() => requestAnimationFrame(() => {
      const began = performance.now();
      calendar.innerHTML = html;
      requestAnimationFrame(() => requestAnimationFrame(() => drawn(performance.now() - began)));
    }));
  });
}

/** By a link, once the page behind it has been fetched ahead: it is turned over in place, or else it is another document that says when it is there. */
async function move(page, link, day) {
  await page.waitForTimeout(500);
  const clicked = await page.evaluate((words) => {
    delete globalThis.onScreen;
    const clicked = performance.timeOrigin + performance.now();
    [...document.querySelectorAll('.cal__bar a')].find((anchor) => anchor.textContent.startsWith(words)).click();
    requestAnimationFrame(() => requestAnimationFrame(() => (globalThis.onScreen = performance.now())));
    return clicked;
  }, link);
  await page.waitForURL(`**/${day}`);
  await untilOnScreen(page);
  return page.evaluate((since) => performance.timeOrigin + globalThis.onScreen - since, clicked);
}

/** The sessions of the month as events of FullCalendar, from the product's own answer. */
async function eventsOf(page) {
  const answer = await page.request.post(`${address}/api/calendar_for`, { form: { 'form[view]': 'month', 'form[day]': month, 'form[of]': '' } });
  const { occurrences } = await answer.json();
  return JSON.stringify(occurrences.map((session) => ({ title: session.group_name, start: session.starts_local, end: session.ends_local, url: `/sessions/${session.code}` })));
}

function serveFullCalendar() {
  const read = (file) => readFileSync(new URL(`node_modules/fullcalendar/${file}`, import.meta.url), 'utf8');
  const styles = ['skeleton.css', 'themes/classic/theme.css', 'themes/classic/palette.css'].map(read).join('\n');
  const page = () => `<!doctype html><meta charset="utf-8"><style>${styles}</style><div id="calendar"></div><script src="/script.js"></script><script>
    const text = ${JSON.stringify(events)};
    let calendar;
    const draw = () => {
      calendar = new FullCalendar.Calendar(document.getElementById('calendar'), {
        initialView: 'dayGridMonth', initialDate: '${month}', firstDay: 1, dayMaxEvents: 3, timeZone: 'UTC', events: JSON.parse(text),
      });
      calendar.render();
    };
    globalThis.drawAgain = () => {
      calendar.destroy();
      return new Promise((drawn) => {
        requestAnimationFrame(() => requestAnimationFrame(() => {
          const began = performance.now();
          draw();
          requestAnimationFrame(() => requestAnimationFrame(() => drawn(performance.now() - began)));
        }));
      });
    };
    draw();
  </script>`;
  const server = createServer((request, response) => {
    const isScript = request.url === '/script.js';
    response.setHeader('cache-control', isScript ? 'max-age=3600' : 'no-store');
    response.setHeader('content-type', isScript ? 'text/javascript; charset=utf-8' : 'text/html; charset=utf-8');
    response.end(isScript ? read('all/global.js') : page());
  });
  return new Promise((listening) => server.listen(0, '127.0.0.1', () => listening(server)));
}

function row(what, times) {
  const sorted = times.toSorted((one, other) => one - other);
  const milliseconds = (place) => `${sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * place))].toFixed(0)} ms`;
  console.log(`| ${what} | ${milliseconds(0)} | ${milliseconds(0.5)} | ${milliseconds(0.9)} |`);
}
