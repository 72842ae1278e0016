// A Reverie of one's own: the real binary in demonstration mode, on a free port, with its own copy of the demonstration data.

import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

export type Database = 'sqlite' | 'postgres';

export type Reverie = {
  address: string;
  /** Where the server keeps its files; messages lie in `mail/` below it. */
  data: string;
  /** The same data at another moment, served by another process. */
  at(now: string): Promise<Reverie>;
  stop(): Promise<void>;
};

const root = join(__dirname, '..');
const binary = process.env.END2END_BINARY ?? join(root, 'target/debug/reverie');
const folder = join(root, 'target/end2end');
const demonstration = join(folder, 'demonstration');
const demonstrationOnPostgres = 'reverie_end2end_demonstration';

/** The moment around which the demonstration is invented. */
const invented = '2026-10-22T08:50:00Z';

/** Loads the demonstration data once for each database; every server then starts on a copy. */
export function prepareDemonstration() {
  rmSync(demonstration, { recursive: true, force: true });
  mkdirSync(demonstration, { recursive: true });
  for (const database of databases()) {
    if (database === 'postgres') {
      runSql(`DROP DATABASE IF EXISTS ${demonstrationOnPostgres} WITH (FORCE)`);
      runSql(`CREATE DATABASE ${demonstrationOnPostgres}`);
    }
    const data = join(demonstration, database);
    mkdirSync(data);
    const environment = environmentFor(data, database === 'sqlite' ? sqliteUrl(data) : postgresUrl(demonstrationOnPostgres), invented);
    execFileSync(binary, ['migrate'], { env: environment, stdio: ['ignore', 'ignore', 'inherit'] });
    execFileSync(binary, ['demo'], { env: environment, stdio: ['ignore', 'ignore', 'inherit'] });
  }
}

/** The clock of the server stands still at `now`, so that a page looks the same on every day. */
export async function startReverie(database: Database, now: string, name: string): Promise<Reverie> {
  const data = join(folder, 'servers', name);
  rmSync(data, { recursive: true, force: true });
  cpSync(join(demonstration, database), data, { recursive: true });

  const copy = `reverie_end2end_${name.replaceAll(/[^a-z0-9]+/gi, '_').toLowerCase()}`;
  if (database === 'postgres') {
    runSql(`DROP DATABASE IF EXISTS ${copy} WITH (FORCE)`);
    runSql(`CREATE DATABASE ${copy} TEMPLATE ${demonstrationOnPostgres}`);
  }

  const reverie = await serve(data, database === 'sqlite' ? sqliteUrl(data) : postgresUrl(copy), now);
  return {
    ...reverie,
    async stop() {
      await reverie.stop();
      if (database === 'postgres') {
        runSql(`DROP DATABASE ${copy} WITH (FORCE)`);
      }
    },
  };
}

async function serve(data: string, databaseUrl: string, now: string): Promise<Reverie> {
  const listen = `127.0.0.1:${await freePort()}`;
  const log = join(data, `server-${now.replaceAll(/\W+/g, '-')}.log`);
  const output = openSync(log, 'w');
  const server = spawn(binary, ['serve'], {
    env: { ...environmentFor(data, databaseUrl, now), REVERIE_LISTEN: listen },
    stdio: ['ignore', output, output],
  });
  const address = `http://${listen}`;
  await untilReady(address, server, log);
  return { address, data, at: (later) => serve(data, databaseUrl, later), stop: () => end(server) };
}

/** Postgres takes part when a server is named, as script/test does; by hand, SQLite alone is enough to try a page. */
function databases(): Database[] {
  return process.env.TEST_POSTGRES_URL ? ['sqlite', 'postgres'] : ['sqlite'];
}

function environmentFor(data: string, databaseUrl: string, now: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    REVERIE_SITE: process.env.END2END_SITE ?? join(root, 'target/site'),
    REVERIE_NOW: now,
    DATABASE_URL: databaseUrl,
    REVERIE_DATA: data,
    REVERIE_DEMONSTRATION: 'true',
  };
}

function sqliteUrl(data: string) {
  return `sqlite:${join(data, 'reverie.db')}`;
}

function postgresUrl(name?: string) {
  const url = process.env.TEST_POSTGRES_URL;
  if (!url) {
    throw new Error('These tests need a Postgres server. Run them with script/test, or name one in TEST_POSTGRES_URL.');
  }
  const named = new URL(url);
  if (name) {
    named.pathname = `/${name}`;
  }
  return named.href;
}

function runSql(statement: string) {
  execFileSync('psql', [postgresUrl(), '--quiet', '--no-psqlrc', '--set', 'ON_ERROR_STOP=1', '--command', statement], {
    env: { ...process.env, PGOPTIONS: '--client-min-messages=warning' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

async function untilReady(address: string, server: ChildProcess, log: string) {
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline && server.exitCode === null) {
    const answer = await fetch(`${address}/health/ready`).catch(() => undefined);
    if (answer?.ok) {
      return;
    }
    await wait(50);
  }
  await end(server);
  throw new Error(`Reverie did not become ready. It said:\n${readFileSync(log, 'utf8')}`);
}

async function end(server: ChildProcess) {
  if (server.exitCode !== null || server.signalCode !== null) {
    return;
  }
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await Promise.race([ended, wait(5_000, undefined, { ref: false })]);
  server.kill('SIGKILL');
  await ended;
}
