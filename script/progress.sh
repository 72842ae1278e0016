# shellcheck shell=bash
# How the scripts speak: one line for what is done, a sign of life while something takes long, one clear line when it stops.
# Sourced, never run.

say() {
  printf '==> %s\n' "$*"
}

# Ends the script. The message names what is missing and what to do about it.
give_up() {
  printf '\nStopped: %s\n' "$*" >&2
  exit 1
}

# with_progress "Installing x" "2 minutes" command…
# The output of the command goes to a file and is shown only if the command fails: an installer's thousand lines would hide the one
# that matters. A line every half minute says that it is still at work.
with_progress() {
  local what=$1 usual=$2
  shift 2
  local log status=0 ticker
  log=$(mktemp "${TMPDIR:-/tmp}/reverie-setup.XXXXXX")

  say "$what (usually $usual)"
  show_signs_of_life "$log" &
  ticker=$!
  "$@" >"$log" 2>&1 </dev/null || status=$?
  kill "$ticker" 2>/dev/null || true
  wait "$ticker" 2>/dev/null || true

  if [ "$status" -ne 0 ]; then
    tail -n 40 "$log" >&2
    printf '%s failed; the whole output is in %s\n' "$what" "$log" >&2
    return "$status"
  fi
  rm -f "$log"
}

show_signs_of_life() {
  local log=$1 began=$SECONDS seconds
  # The second condition ends the loop when the script was interrupted and nobody is left to stop it.
  while sleep 30 >/dev/null 2>&1 && kill -0 $$ 2>/dev/null; do
    seconds=$((SECONDS - began))
    printf '    %d:%02d  %s\n' $((seconds / 60)) $((seconds % 60)) "$(tail -n 1 "$log" | tr -d '\r' | cut -c 1-100)"
  done
}
