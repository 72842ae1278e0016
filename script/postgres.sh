# shellcheck shell=bash
# A Postgres server of one's own for the length of a test run: started in a temporary folder, stopped and deleted afterwards.
# Sourced, never run. Needs progress.sh, tools.sh and their `find_postgres`.

POSTGRES_FOLDER=

# Starts the server and exports TEST_POSTGRES_URL, unless a server was named from outside.
start_postgres() {
  [ -z "${TEST_POSTGRES_URL:-}" ] || return 0

  local password port
  password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  port=$(free_port)
  POSTGRES_FOLDER=$(mktemp -d "${TMPDIR:-/tmp}/reverie-postgres.XXXXXX")
  printf '%s' "$password" >"$POSTGRES_FOLDER/password"
  [ "$(id -u)" -ne 0 ] || chown -R postgres "$POSTGRES_FOLDER"

  # The password goes over the wire as it is: everything stays on the loopback, and hundreds of connections need not each pay for a
  # slow hash. The order of text is that of its bytes, on every machine the same and the same as in SQLite.
  as_postgres initdb --pgdata "$POSTGRES_FOLDER/data" --username reverie --pwfile "$POSTGRES_FOLDER/password" \
    --auth password --encoding UTF8 --locale C >"$POSTGRES_FOLDER/initdb.log" || return 1

  # Nothing here has to survive a power cut.
  cat >>"$POSTGRES_FOLDER/data/postgresql.conf" <<CONFIGURATION
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = '$POSTGRES_FOLDER'
max_connections = 200
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
CONFIGURATION
  as_postgres pg_ctl start --pgdata "$POSTGRES_FOLDER/data" --log "$POSTGRES_FOLDER/server.log" --wait --silent || {
    cat "$POSTGRES_FOLDER/server.log" >&2
    return 1
  }

  export TEST_POSTGRES_URL="postgres://reverie:$password@127.0.0.1:$port/postgres"
}

stop_postgres() {
  [ -n "$POSTGRES_FOLDER" ] || return 0
  as_postgres pg_ctl stop --pgdata "$POSTGRES_FOLDER/data" --mode immediate --silent >/dev/null 2>&1 || true
  rm -rf "$POSTGRES_FOLDER"
  POSTGRES_FOLDER=
}

# Postgres refuses to run as root; in a container, where one often is root, the user that its package made runs it.
as_postgres() (
  cd "$POSTGRES_FOLDER" || exit
  if [ "$(id -u)" -eq 0 ]; then
    runuser -u postgres -- env PATH="$PATH" "$@"
  else
    "$@"
  fi
)

free_port() {
  node -e 'const server = require("node:net").createServer(); server.listen(0, "127.0.0.1", () => { console.log(server.address().port); server.close(); })'
}
