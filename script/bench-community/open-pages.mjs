// How soon a post is on the pages that are open. Prints a line of a table.
//
//   node open-pages.mjs THREAD PAGES COOKIE ADDRESS ADDRESS…
//
// The pages are open by turns at the addresses, which are servers of one database, eight for each reader, as many as one may have. Each listens as an
// open page does, waits as long, asks for its own address again and has the post when its words are in the answer. The time runs from the moment at
// which the post is sent. Nothing is drawn: that happens on the readers' own machines.

import http from 'node:http';
import { brotliDecompressSync } from 'node:zlib';

const [thread, pages, cookie, ...addresses] = process.argv.slice(2);
const ROUNDS = 5;
const PAGES_OF_ONE = 8;
/** As long as `SPREAD` in app/src/news/island.rs. */
const SPREAD = 100;

const agent = new http.Agent({ keepAlive: true });
const waiting = new Map();
const open = Array.from({ length: Number(pages) }, (_, place) => listen(place));
await Promise.all(open);

const times = [];
for (let round = 0; round < ROUNDS; round += 1) {
  await pause(2_000);
  times.push(...(await post(`Round ${round} of ${Date.now()}`)));
}
times.sort((one, other) => one - other);
const at = (part) => `${Math.round(times[Math.floor(times.length * part)])} ms`;
console.log(`| A post on ${pages} open pages of ${addresses.length} processes (≤ 500 ms wanted at the median) | ${at(0)} | ${at(0.5)} | ${at(0.9)} |`);
process.exit(0);

/** Posts to the thread, and says how long each page took until it had it. */
async function post(words) {
  const began = performance.now();
  const seen = Array.from({ length: Number(pages) }, (_, place) => new Promise((resolve) => waiting.set(place, { words, resolve, began })));
  const [, , space, number] = thread.split('/');
  const form = { _action: '/api/reply_to_thread', 'form[space]': space, 'form[number]': number, 'form[text]': words, 'form[press]': 'post' };
  const answer = await fetch(`${addresses[0]}${thread}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie, origin: addresses[0], 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  });
  if (answer.status !== 303) {
    throw new Error(`The post was answered with ${answer.status}.`);
  }
  return Promise.all(seen);
}

/** Opens a page: it listens from now on. */
async function listen(place) {
  const address = addresses[place % addresses.length];
  const cookie = `sign-in=reader-${1 + Math.floor(place / (PAGES_OF_ONE * addresses.length))}`;
  const answer = await get(`${address}/listen?since=${new Date().toISOString()}&about=talk`, { cookie });
  if (answer.statusCode !== 200) {
    throw new Error(`Page ${place} may not listen: ${answer.statusCode}.`);
  }
  answer.on('data', (part) => {
    if (part.includes('event: changed')) {
      void look(place, address, cookie);
    }
  });
}

async function look(place, address, cookie) {
  const wanted = waiting.get(place);
  await pause(Math.random() * SPREAD);
  // As an open page asks: nobody has opened it, so that nothing of it counts as read.
  const answer = await get(`${address}${thread}`, { cookie, 'x-again': '1', 'accept-encoding': 'gzip, deflate, br' });
  const packed = Buffer.concat(await answer.toArray());
  if (answer.statusCode !== 200 || answer.headers['content-encoding'] !== 'br') {
    throw new Error(`${address}${thread} was answered with ${answer.statusCode}, ${answer.headers['content-encoding'] ?? 'not packed'}.`);
  }
  if (wanted && brotliDecompressSync(packed).includes(wanted.words)) {
    wanted.resolve(performance.now() - wanted.began);
  }
}

/** Asks as plainly as can be, since all the readers share the machine with the servers. */
function get(address, headers) {
  return new Promise((resolve, reject) => http.get(address, { headers, agent }, resolve).on('error', reject));
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
