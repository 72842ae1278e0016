"""Fills the community of an invented Reverie, so that its pages can be measured with years of talk in them.

    python3 crowd.py THREADS REPLIES sqlite:PATH
    python3 crowd.py THREADS REPLIES postgres://…      by way of psql

Threads begin evenly over the past year, in every space that is no group's, by everybody in turn; replies go to one thread after the other. The same
figures give the same talk.
"""

import csv
import io
import subprocess
import sqlite3
import sys
import uuid
from datetime import datetime, timedelta, timezone

WORDS = (
    "The family I saw this week stayed with me, and I noticed how much I wanted to fill the silence. What helps you to wait? "
    "In our group we talked about slowing down and naming what we see before we explain it. I would be glad to hear how others do it."
)
# What is not named has what it has without being said.
THREAD_COLUMNS = "id, space_id, number, title, excerpt, author_id, started_at, posts, last_at, pinned_at, locked_at"
POST_COLUMNS = "thread_id, number, author_id, quoted, source, html, written_at, edited_at, withdrawn_at, version"
YEAR = timedelta(days=365)


def main():
    threads, replies, address = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    database = Sqlite(address) if address.startswith("sqlite:") else Postgres(address)
    spaces = database.identities("SELECT id FROM space ORDER BY id")
    people = database.identities("SELECT id FROM person ORDER BY id")
    now = datetime.now(timezone.utc).replace(microsecond=0)
    counts = {space: database.count(space) for space in spaces}
    thread_rows, post_rows = [], []
    each, more = divmod(replies, threads)
    for place in range(threads):
        space, author = spaces[place % len(spaces)], people[place % len(people)]
        counts[space] += 1
        identity, began = uuid.UUID(int=(threads << 96) + place), now - YEAR + YEAR * place / threads
        posts = 1 + each + (1 if place < more else 0)
        last = min(began + timedelta(hours=posts - 1), now)
        thread_rows.append((identity, space, counts[space], f"Thread {place + 1}: what helps you to wait?", WORDS[:120], author, began, posts, last, None, None))
        for number in range(1, posts + 1):
            writer = people[(place + number - 1) % len(people)]
            written = min(began + timedelta(hours=number - 1), now)
            post_rows.append((identity, number, writer, None, WORDS, f"<p>{WORDS}</p>", written, None, None, 1))
    database.insert("thread", THREAD_COLUMNS, thread_rows)
    database.insert("post", POST_COLUMNS, post_rows)
    database.keep_counts(counts)


class Sqlite:
    def __init__(self, address):
        self.connection = sqlite3.connect(address.removeprefix("sqlite:"))

    def identities(self, statement):
        return [uuid.UUID(bytes=row[0]) for row in self.connection.execute(statement)]

    def count(self, space):
        row = self.connection.execute("SELECT threads FROM space_count WHERE space_id = ?", (space.bytes,)).fetchone()
        return row[0] if row else 0

    def insert(self, table, columns, rows):
        marks = ", ".join("?" * len(rows[0]))
        self.connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", (tuple(map(self.value, row)) for row in rows))

    def keep_counts(self, counts):
        keep = "INSERT INTO space_count (space_id, threads) VALUES (?, ?) ON CONFLICT (space_id) DO UPDATE SET threads = excluded.threads"
        self.connection.executemany(keep, ((space.bytes, threads) for space, threads in counts.items()))
        self.connection.execute("ANALYZE")
        self.connection.commit()

    @staticmethod
    def value(value):
        if isinstance(value, uuid.UUID):
            return value.bytes
        if isinstance(value, datetime):
            return value.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return value


class Postgres:
    def __init__(self, address):
        self.address = address

    def ask(self, statement, given=""):
        command = ["psql", self.address, "--quiet", "--no-psqlrc", "--tuples-only", "--no-align", "--set", "ON_ERROR_STOP=1", "--command", statement]
        return subprocess.run(command, input=given, capture_output=True, text=True, check=True).stdout

    def identities(self, statement):
        return [uuid.UUID(line) for line in self.ask(statement).split()]

    def count(self, space):
        return int(self.ask(f"SELECT COALESCE(MAX(threads), 0) FROM space_count WHERE space_id = '{space}'"))

    def insert(self, table, columns, rows):
        lines = io.StringIO()
        csv.writer(lines).writerows(rows)
        self.ask(f"COPY {table} ({columns}) FROM STDIN WITH (FORMAT csv)", lines.getvalue())

    def keep_counts(self, counts):
        rows = ", ".join(f"('{space}', {threads})" for space, threads in counts.items())
        self.ask(f"INSERT INTO space_count VALUES {rows} ON CONFLICT (space_id) DO UPDATE SET threads = excluded.threads")
        self.ask("ANALYZE thread, post")


main()
