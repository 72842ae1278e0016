# shellcheck shell=bash
# How the product is built outside a release: the server quickly, what the browser loads as small as it will be in production.
# Sourced by script/server and script/test, which stand in ROOT; never run.

# Leptos reads its output name while it is compiled and the rest when the server starts. Exported here, so that every cargo command of
# the scripts says the same as cargo-leptos does; a difference would compile Leptos twice.
export LEPTOS_OUTPUT_NAME=reverie
export LEPTOS_SITE_ROOT="$ROOT/target/site"
export LEPTOS_SITE_PKG_DIR=pkg
export LEPTOS_HASH_FILES=true
export LEPTOS_HASH_FILE_NAME=hash.txt

TARGET_FOLDER=${CARGO_TARGET_DIR:-$ROOT/target}
# The names of the files that `build_site` made: a copy, because other builds write to the place that cargo-leptos writes to.
SITE_HASHES="$ROOT/target/site-hashes.txt"

# cargo for the server in development. The flag erases the types of views, which makes them compile faster; `cargo leptos watch` sets
# it too, so both share one build.
cargo_for_server() {
  RUSTFLAGS="${RUSTFLAGS:+$RUSTFLAGS }--cfg erase_components" cargo "$@"
}

build_server() {
  cargo_for_server build --package server --bin reverie
}

build_optimised_server() {
  cargo build --release --package server --bin reverie
}

# The WebAssembly, its script, the stylesheet and the assets, in target/site. Always optimised: unoptimised WebAssembly is some hundred
# times larger and slow to start, while the optimised one takes hardly longer to build.
build_site() {
  if site_is_current; then
    echo "What the browser loads is up to date."
  else
    cargo leptos build --release --frontend-only --precompress || return 1
    cp "$TARGET_FOLDER/release/hash.txt" "$SITE_HASHES"
  fi
  # Each server looks for the names of the hashed files beside its own binary.
  mkdir -p "$TARGET_FOLDER/debug"
  cp "$SITE_HASHES" "$TARGET_FOLDER/debug/hash.txt"
  cp "$SITE_HASHES" "$TARGET_FOLDER/release/hash.txt"
}

# By time of change, because cargo-leptos runs wasm-bindgen and wasm-opt again even when nothing changed; and by name, because any other
# build, as in `cargo leptos watch`, puts its own files in the place of these.
site_is_current() {
  local wasm
  [ -f "$SITE_HASHES" ] || return 1
  wasm=$(sed -n 's/^wasm: //p' "$SITE_HASHES")
  [ -f "$LEPTOS_SITE_ROOT/pkg/reverie.$wasm.wasm" ] || return 1
  [ -z "$(find app engine frontend style public .cargo Cargo.toml Cargo.lock -newer "$SITE_HASHES" -type f -print -quit)" ]
}
