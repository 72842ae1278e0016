// Rounds matched in a page of a browser, by the engine as WebAssembly. Prints rows of a table, and after each round whether twenty steps
// in the page gave the same proposal, byte for byte, as they do natively.
//
//   node measure.mjs FOLDER_OF_THE_ENGINE NATIVE_PROGRAM ROUND.json…

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { chromium } from '@playwright/test';

const MOMENTS = [0.1, 1, 10, 60];
const STEPS_COMPARED = 20;
const [folder, program, ...rounds] = process.argv.slice(2);

const types = { '.js': 'text/javascript', '.wasm': 'application/wasm' };
const server = createServer((request, response) => {
  const name = basename(request.url);
  const type = types[name.slice(name.lastIndexOf('.'))];
  response.setHeader('content-type', type ?? 'text/html');
  response.end(type ? readFileSync(join(folder, name)) : '<!doctype html><title>Matching</title>');
});
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--disable-gpu', '--disable-quic', '--disable-sync'] });
let differs = false;
try {
  for (const file of rounds) {
    await measure(file);
  }
} finally {
  await browser.close();
  server.close();
}
process.exit(differs ? 1 : 0);

async function measure(file) {
  const page = await browser.newPage();
  page.setDefaultTimeout(0);
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const content = readFileSync(file);
  const json = (content[0] === 0x1f ? gunzipSync(content) : content).toString();
  const name = basename(file).replace(/\.gz$/, '').replace(/\.json$/, '');

  const { rows, memory, proposal } = await page.evaluate(match, { json, moments: MOMENTS, steps: STEPS_COMPARED });
  for (const [place, row] of rows.entries()) {
    const gap = row.placed === 0 ? '' : `${((100 * (row.bound - row.score)) / Math.max(row.bound, 1)).toFixed(2)}%`;
    console.log(`| ${name} | ${MOMENTS[place]} s | ${row.placed === 0 ? 'none yet | | ' : `${row.score} | ${row.bound} | ${gap}`} | ${row.placed || ''} |`);
  }
  const natively = execFileSync(program, [file, String(STEPS_COMPARED)]);
  const isSame = natively.toString().trim() === proposal;
  differs ||= !isSame;
  console.error(`${name}: ${(memory / 1_000_000).toFixed(0)} MB; ${STEPS_COMPARED} steps here and natively: ${isSame ? 'the same proposal' : 'ANOTHER PROPOSAL'}`);
  await page.close();
}

/** In the page: matches until each moment in turn, and again for so many steps. */
async function match({ json, moments, steps }) {
  const engine = await import('/matching_in_browser.js');
  const { memory } = await engine.default({ module_or_path: '/matching_in_browser.wasm' });
  const began = performance.now();
  const round = new engine.Round(json, 1);
  const state = () => ({ score: Number(round.score()), bound: Number(round.bound()), placed: round.placed() });
  const rows = [];
  let latest = { score: 0, bound: 0, placed: 0 };
  for (const moment of moments) {
    while (performance.now() - began < moment * 1000) {
      const before = latest;
      round.step(1);
      latest = state();
      if (performance.now() - began > moment * 1000) {
        rows.push(before);
      }
    }
    if (rows.length < moments.indexOf(moment) + 1) {
      rows.push(latest);
    }
  }
  const again = new engine.Round(json, 1);
  again.step(steps);
  return { rows, memory: memory.buffer.byteLength, proposal: again.proposal() };
}
