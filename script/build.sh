# shellcheck shell=bash
# How the product is built outside a release: the server quickly, what the browser loads as small as it will be in production.
# Sourced by script/server and script/test, which stand in ROOT; never run.

TARGET_FOLDER=${CARGO_TARGET_DIR:-$ROOT/target}
# The names of the files that `build_site` made: a copy, because other builds write to the place that cargo-leptos writes to.
SITE_HASHES="$ROOT/target/site-hashes.txt"

build_server() {
  cargo build --package server --bin reverie
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
  [ -f "target/site/pkg/reverie.$wasm.wasm" ] || return 1
  [ -z "$(find app engine frontend style public .cargo Cargo.toml Cargo.lock -newer "$SITE_HASHES" -type f -print -quit)" ]
}
