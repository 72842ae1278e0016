import { defineConfig, devices } from '@playwright/test';
import { join } from 'node:path';
import type { Options } from './test';

const results = join(__dirname, '../target/end2end');

const desk = { viewport: { width: 1440, height: 900 } };
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true };
// The narrowest page that the accessibility guidelines ask for: 1280 pixels at 400 per cent.
const narrow = { viewport: { width: 320, height: 640 } };

// A few journeys are about what scripts add. Everything else must hold without them.
const plain = { testDir: 'journeys', testIgnore: 'with-scripts/**' };

export default defineConfig<Options>({
  testDir: '.',
  outputDir: join(results, 'failures'),
  globalSetup: './demonstration',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: join(results, 'results.json') }]],
  use: {
    ...devices['Desktop Chrome'],
    locale: 'en-GB',
    // The product keeps UK time. A browser on the other side of the world must show the same.
    timezoneId: 'Pacific/Auckland',
    // axe would otherwise measure colours half way through a fade.
    contextOptions: { reducedMotion: 'reduce' },
    // A new window costs as much as four pages, so a worker keeps its own, and empties it between two tests.
    reuseContext: true,
    screenshot: 'only-on-failure',
    // A trace of a test costs half as much again as the test. Whoever looks into a failure asks for one: --trace on.
    trace: 'off',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      // Nothing leaves this machine, whatever a page asks for.
      args: ['--disable-gpu', '--disable-quic', '--disable-sync', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
    },
  },
  // Every journey runs on both databases, each with WebAssembly and without: on one where the browser refuses it, on the other where it knows no
  // scripts at all, which is the same to a server. Between them the four cover the three widths. What every page must be (readable by all, at
  // every width, in both themes) does not depend on the database, so it runs once.
  projects: [
    { name: 'sqlite', testDir: 'journeys', use: { ...desk, database: 'sqlite', scripts: 'on' } },
    { name: 'postgres', testDir: 'journeys', use: { ...phone, database: 'postgres', scripts: 'on' } },
    { name: 'sqlite, scripts off', ...plain, use: { ...phone, database: 'sqlite', scripts: 'off', javaScriptEnabled: false } },
    { name: 'postgres, WebAssembly blocked', ...plain, use: { ...narrow, database: 'postgres', scripts: 'WebAssembly blocked' } },
    // What the server answers does not depend on the browser, so it is asked once on each database.
    { name: 'sqlite, answers', testDir: 'answers', use: { ...desk, database: 'sqlite', scripts: 'on' } },
    { name: 'postgres, answers', testDir: 'answers', use: { ...desk, database: 'postgres', scripts: 'on' } },
    { name: 'pages', testDir: 'pages', use: { ...desk, database: 'sqlite', scripts: 'on' } },
  ],
});
