# shellcheck shell=bash
# The tools that the product is built and tested with: where they are found, which version is right, how a missing one is installed.
# Sourced by script/setup, script/server and script/test; never run. Needs progress.sh and ROOT.

# The newest cargo-leptos that builds with Rust 1.95; any 0.3 that is there already does as well.
CARGO_LEPTOS_VERSION=0.3.10
CARGO_NEXTEST_VERSION=0.9.151

# What cargo and npm install comes first, so that `cargo leptos watch` finds `sass`, `wasm-opt` and `wasm-bindgen` before it tries to download
# them.
export PATH="$ROOT/node_modules/.bin:${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"

# install_tools server|watch|test|release
install_tools() {
  local purpose=$1
  require_rust
  require_compiler_for_c
  require_node
  require_npm_packages "$purpose"
  require_wasm_bindgen
  if [ "$purpose" = watch ]; then
    require_cargo_leptos
  fi
  if [ "$purpose" = release ]; then
    require_release_platform
  fi
  if [ "$purpose" = test ]; then
    require_rust_checks
    require_nextest
    require_chromium
    require_postgres
    require_calendar_readers
    install_shellcheck_if_possible
  fi
}

has() {
  command -v "$1" >/dev/null 2>&1
}

# Rust ------------------------------------------------------------------------------------------------------------------------------

INSTALL_RUSTUP="curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh"

require_rust() {
  has cargo || give_up "Rust is missing. Install it with: $INSTALL_RUSTUP"

  local wanted
  wanted=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' "$ROOT/Cargo.toml")
  rustc_is_at_least "$wanted" || give_up "Rust $wanted or later is needed, $(rustc --version) is installed. Update it with: rustup update stable"

  require_rust_target wasm32-unknown-unknown "the browser"
}

# Asked of the compiler and not of rustup, because a Rust from a distribution has its targets without rustup.
require_rust_target() {
  [ ! -d "$(rustc --print target-libdir --target "$1")" ] || return 0
  has rustup || give_up "The Rust target $1 is missing. Install your distribution's package for it, or a Rust that can have it: $INSTALL_RUSTUP"
  with_progress "Installing the Rust target for $2" "20 seconds" rustup target add "$1" ||
    give_up "The target could not be installed. Try: rustup target add $1"
}

# What a release is built for: on Linux with the C library inside, so that the file runs on every Linux of this processor.
release_platform() {
  local host
  host=$(rustc --version --verbose | sed -n 's/^host: //p')
  printf '%s' "${host/-linux-gnu/-linux-musl}"
}

release_compiler_for_c() {
  case $(release_platform) in
    *-linux-musl) printf 'musl-gcc' ;;
    *) printf 'cc' ;;
  esac
}

require_release_platform() {
  require_rust_target "$(release_platform)" "a release"
  has "$(release_compiler_for_c)" || install_system_packages "the C library of a release" "10 seconds" musl-tools
  # With it the file is asked for its pages.
  has curl || install_system_packages "curl" "10 seconds" curl
}

rustc_is_at_least() {
  local wanted_minor minor
  wanted_minor=$(cut -d. -f2 <<<"$1")
  minor=$(rustc --version | sed -n 's/^rustc 1\.\([0-9]*\)\..*/\1/p')
  [ "${minor:-0}" -ge "$wanted_minor" ]
}

# It links, and SQLite and the cryptography of TLS are built with it.
require_compiler_for_c() {
  has cc || install_system_packages "GCC" "1 minute" gcc libc6-dev
}

require_rust_checks() {
  local component
  for component in fmt clippy; do
    cargo "$component" --version >/dev/null 2>&1 && continue
    has rustup || give_up "cargo $component is missing. Install your distribution's package for it, or a Rust that has it: $INSTALL_RUSTUP"
    with_progress "Installing cargo $component" "10 seconds" rustup component add "${component/fmt/rustfmt}" ||
      give_up "cargo $component could not be installed. Try: rustup component add ${component/fmt/rustfmt}"
  done
}

# The command line tool must be of exactly the version that the code was compiled against, or it refuses to work.
require_wasm_bindgen() {
  local wanted
  [ -f "$ROOT/Cargo.lock" ] || give_up "Cargo.lock is missing. Is this a whole copy of the repository?"
  wanted=$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/version = |"/, ""); print }' "$ROOT/Cargo.lock")
  [ -n "$wanted" ] || give_up "Cargo.lock does not name a version of wasm-bindgen."
  [ "$(version_of wasm-bindgen)" = "$wanted" ] && return

  # Without --locked: the lock file that it is published with names crates that newer compilers reject.
  install_cargo_tool wasm-bindgen-cli "$wanted" "3 to 5 minutes"
  [ "$(version_of wasm-bindgen)" = "$wanted" ] || give_up "wasm-bindgen $wanted was installed, but $(command -v wasm-bindgen) comes first on PATH."
}

require_cargo_leptos() {
  case $(version_of cargo-leptos) in
    0.3.*) return ;;
  esac
  install_cargo_tool cargo-leptos "$CARGO_LEPTOS_VERSION" "5 to 10 minutes" --locked
}

require_nextest() {
  has cargo-nextest || install_cargo_tool cargo-nextest "$CARGO_NEXTEST_VERSION" "5 to 10 minutes" --locked
}

version_of() {
  # The cargo subcommands want to hear their own name first.
  case $1 in
    cargo-*) "$1" "${1#cargo-}" --version 2>/dev/null ;;
    *) "$1" --version 2>/dev/null ;;
  esac | sed -n '1s/^[^ ]* \([^ ]*\).*/\1/p'
}

# install_cargo_tool crate version "usual time" [flags for cargo install]
install_cargo_tool() {
  local crate=$1 version=$2 usual=$3
  shift 3

  # Prebuilt when cargo-binstall is there and finds one; it may not, on an unusual platform or behind a strict firewall.
  if has cargo-binstall; then
    with_progress "Fetching $crate $version" "20 seconds" cargo binstall --no-confirm --disable-strategies compile "$crate@$version" && return
    say "No prebuilt $crate could be fetched; it is built instead."
  fi

  # Unoptimised: these tools run for seconds and would otherwise compile for a quarter of an hour. RUSTFLAGS and the target
  # folder of the product are left out, since they have no meaning for a tool.
  with_progress "Building $crate $version, once" "$usual" \
    env -u RUSTFLAGS -u CARGO_TARGET_DIR \
    CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
    cargo install "$crate" --version "$version" "$@" ||
    give_up "$crate could not be built. Try: cargo install $crate --version $version $*"
}

# Node ------------------------------------------------------------------------------------------------------------------------------

require_node() {
  if ! node_is_recent && node_in_apt_is_recent; then
    install_system_packages "Node.js" "1 minute" nodejs npm
  fi
  node_is_recent || give_up "Node.js 20.19 or later is needed. Install it from https://nodejs.org, or with your version manager: nvm install 22"
  has npm || install_system_packages "npm" "1 minute" npm
}

node_is_recent() {
  has node && node -e 'const [major, minor] = process.versions.node.split(".").map(Number);
    process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)'
}

# Debian 12 has Node.js 18, which the compiler of the stylesheet no longer runs on.
node_in_apt_is_recent() {
  if ! has apt-get || ! may_be_root; then
    return 1
  fi
  update_package_lists
  local candidate
  candidate=$(apt-cache policy nodejs 2>/dev/null | awk '/Candidate:/ { print $2 }')
  [ -n "$candidate" ] && dpkg --compare-versions "$candidate" ge 20.19
}

# `esbuild`, `sass` and `wasm-opt` for every build; Playwright, axe and the TypeScript compiler for the tests only.
require_npm_packages() {
  local stamp="$ROOT/node_modules/.installed-for" lock scope=all leave_out=()
  if [ "$1" != test ]; then
    scope=build
    leave_out=(--omit=dev)
  fi
  lock=$(cksum <"$ROOT/package-lock.json")

  case $(cat "$stamp" 2>/dev/null) in
    "$lock all" | "$lock $scope") return ;;
  esac
  # The browser is the system's own (see require_chromium), and nothing from npm may run a script while it is installed.
  with_progress "Installing the tools from npm" "10 seconds" \
    env PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 \
    npm --prefix "$ROOT" ci --ignore-scripts --loglevel=error ${leave_out[@]+"${leave_out[@]}"} ||
    give_up "npm could not install what package-lock.json names. Try: npm ci"
  printf '%s' "$lock $scope" >"$stamp"
}

# Chromium and Postgres -------------------------------------------------------------------------------------------------------------

require_chromium() {
  # The one without windows is wanted even beside another: the browser tests take half as long with it.
  if [ -z "${CHROMIUM:-}" ] && ! has chromium-headless-shell && packages_offer chromium-headless-shell; then
    install_system_packages "Chromium without windows" "1 minute" chromium-headless-shell
  fi
  find_chromium && return
  install_system_packages "Chromium" "1 minute" chromium
  find_chromium || give_up "Chromium was installed, but is not on PATH. Say where it is: CHROMIUM=/path/to/chromium script/test"
}

find_chromium() {
  local name
  for name in "${CHROMIUM:-}" chromium-headless-shell chromium google-chrome google-chrome-stable chromium-browser \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" "/Applications/Chromium.app/Contents/MacOS/Chromium"; do
    if [ -n "$name" ] && has "$name"; then
      CHROMIUM=$(command -v "$name")
      export CHROMIUM
      return
    fi
  done
  return 1
}

# Also beside a server of one's own (TEST_POSTGRES_URL): the browser tests make their databases with `psql`, and one test starts a server for
# itself, since it stops it while Reverie serves.
require_postgres() {
  find_postgres && return
  install_system_packages "Postgres" "1 minute" postgresql
  find_postgres || give_up "Postgres was installed, but initdb was not found. Put its folder on PATH."
}

# Debian keeps the server's programs out of PATH, one folder for each version; the newest is taken.
find_postgres() {
  local initdb
  initdb=$(command -v initdb || printf '%s\n' /usr/lib/postgresql/*/bin/initdb /opt/homebrew/opt/postgresql*/bin/initdb | grep -v '[*]' | sort -V | tail -n 1)
  [ -n "$initdb" ] || return 1
  POSTGRES_PROGRAMS=$(dirname "$(readlink -f "$initdb")")
  PATH="$POSTGRES_PROGRAMS:$PATH"
}

# Python's readers of calendar files, in a folder of their own.
require_calendar_readers() {
  local wanted="$ROOT/engine/calendar_files/readers/requirements.txt" folder="$ROOT/target/calendar-readers"
  cmp -s "$wanted" "$folder/installed.txt" && return
  if ! has python3 || ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
    install_system_packages "Python" "30 seconds" python3 python3-venv
  fi
  rm -rf "$folder"
  with_progress "Installing readers of calendar files" "15 seconds" install_python_packages "$folder" "$wanted" ||
    give_up "The readers of calendar files could not be installed. Try: python3 -m venv $folder && $folder/bin/pip install --requirement $wanted"
  cp "$wanted" "$folder/installed.txt"
}

# install_python_packages folder list
install_python_packages() {
  python3 -m venv "$1" && "$1/bin/pip" install --disable-pip-version-check --quiet --requirement "$2"
}

# Reads these scripts. Wanted, not needed: where it cannot be had without a password, script/test leaves its check out.
install_shellcheck_if_possible() {
  if ! has shellcheck && has apt-get && may_be_root; then
    install_system_packages "shellcheck" "20 seconds" shellcheck
  fi
}

# The system's package manager ------------------------------------------------------------------------------------------------------

# install_system_packages "What it is" "usual time" package…   (Debian's names)
install_system_packages() {
  local what=$1 usual=$2
  shift 2
  has apt-get || give_up "$what is missing. Install it with your system's package manager; on Debian that is: sudo apt-get install $*"
  may_be_root || give_up "$what is missing. Install it with: sudo apt-get install $*"

  update_package_lists
  with_progress "Installing $what" "$usual" \
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" ||
    give_up "$what could not be installed. Try: apt-get install $*"
}

# Whether a package can be installed without asking anybody.
packages_offer() {
  has apt-get && may_be_root || return 1
  update_package_lists
  apt-cache show "$1" >/dev/null 2>&1
}

# Once a run. A failure is left to the installation, which may not need the newest lists.
update_package_lists() {
  [ "${package_lists_are_new:-no}" = no ] || return 0
  package_lists_are_new=yes
  with_progress "Looking up the system's packages" "10 seconds" as_root apt-get update || true
}

may_be_root() {
  [ "$(id -u)" -eq 0 ] || sudo -n true 2>/dev/null
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}
