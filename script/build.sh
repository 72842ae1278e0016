# shellcheck shell=bash
# How the product is built outside a release: the server quickly, what the browser loads as small as it will be in production.
# Sourced by script/server and script/test, which stand in ROOT; never run.

# shellcheck disable=SC2034 # for those who source this
TARGET_FOLDER=${CARGO_TARGET_DIR:-$ROOT/target}
# The mark of the WebAssembly that `build_site` made, because other builds write to the same place.
SITE_MARK="$ROOT/target/site-built.txt"

build_server() {
  cargo build --package server --bin reverie
}

build_optimised_server() {
  cargo build --release --package server --bin reverie
}

# One file that is the whole product, at ONE_FILE; what the browser loads must be built before.
build_one_file() {
  local platform
  platform=$(release_platform)
  ONE_FILE="$TARGET_FOLDER/$platform/release/reverie"
  env "CC_${platform//-/_}=$(release_compiler_for_c)" cargo build --release --package server --bin reverie --features one-file --target "$platform"
}

# The WebAssembly, its script, the stylesheet and the assets, in target/site. Always optimised: unoptimised WebAssembly is some hundred
# times larger and slow to start, while the optimised one takes hardly longer to build. `cargo leptos build` would make the same, but takes
# ten minutes to be built itself; only `--watch` needs it.
build_site() {
  if site_is_current; then
    echo "What the browser loads is up to date."
  else
    # Nothing of an earlier build is to be carried along; in a fresh clone there is not even the folder.
    rm -rf target/site
    mkdir -p target
    cp -R public target/site || return 1
    build_webassembly frontend target/site/pkg reverie || return 1
    sass --no-source-map style/main.scss target/site/pkg/reverie.css || return 1
    minify target/site/pkg/reverie.css target/site/pkg/reverie.js || return 1
    build_board_for_browsers || return 1
    script/compress target/site || return 1
    cksum <target/site/pkg/reverie.wasm >"$SITE_MARK"
  fi
}

# The board of a round in a browser, which its page alone loads: the engine, and the worker in which it runs.
build_board_for_browsers() {
  local folder=target/board-in-browser
  build_webassembly matching_in_browser "$folder" matching_in_browser || return 1
  cp engine/matching_in_browser/worker.js "$folder/matching.js" || return 1
  minify "$folder/matching.js" --bundle --format=esm || return 1
  cp "$folder/matching.js" target/site/pkg/matching.js || return 1
  cp "$folder/matching_in_browser.wasm" target/site/pkg/matching.wasm
}

# The engine that matches whole rounds, for a page, in target/matching-in-browser. No page of the product loads it.
build_matching_for_browsers() {
  build_webassembly matching_in_browser target/matching-in-browser matching_in_browser --no-default-features --features rounds
}

# build_webassembly package folder name flag…   As small as it gets, with the script that loads it. A function with one caller stays a function
# unless it is tiny: put into its caller, as wasm-opt likes to, it is a few bytes less but compresses a sixteenth worse.
build_webassembly() {
  local package=$1 folder=$2 name=$3 platform=wasm32-unknown-unknown
  shift 3
  cargo build --package "$package" --target "$platform" --profile wasm-release --target-dir "$TARGET_FOLDER/front" "$@" || return 1
  wasm-bindgen --target web --no-typescript --out-dir "$folder" --out-name "$name" "$TARGET_FOLDER/front/$platform/wasm-release/$package.wasm" || return 1
  wasm-opt -Oz --one-caller-inline-max-function-size=10 --enable-bulk-memory --enable-nontrapping-float-to-int --output "$folder/$name.wasm" "$folder/${name}_bg.wasm" || return 1
  rm "$folder/${name}_bg.wasm"
}

# minify file…   In the words of browsers as old as people have them: the last of Windows 7, and Safari of 2022.
minify() {
  esbuild --minify --target=chrome109,edge109,firefox115,safari15.6 --log-level=warning --allow-overwrite --outdir="$(dirname "$1")" "$@"
}

# By time of change, because wasm-opt and the compression take their time even when nothing changed; and by content, because any other
# build, as in `cargo leptos watch`, puts its own files in the place of these.
site_is_current() {
  [ -f "$SITE_MARK" ] && [ -f target/site/pkg/reverie.wasm.br ] && [ -f target/site/pkg/matching.wasm.br ] || return 1
  [ "$(cksum <target/site/pkg/reverie.wasm)" = "$(cat "$SITE_MARK")" ] || return 1
  [ -z "$(find app engine frontend style public .cargo script/build.sh Cargo.toml Cargo.lock -newer "$SITE_MARK" -type f -print -quit)" ]
}
