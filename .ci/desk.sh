# Sourced by the suites that need an open desk: where the program is, a folder to work in, a server on the loopback.
#
# SIJILL, SUITES     as tools.sh has them
# KEEP               folder for what a run leaves to look at (screenshots, reports) [default: target/suites/kept]

# shellcheck source=.ci/tools.sh
. "$(dirname "${BASH_SOURCE[0]}")/tools.sh"
keep="${KEEP:-$suites/kept}"
mkdir -p "$keep"
keep="$(cd "$keep" && pwd)"
work="$(mktemp -d)"
desk=""

# Ends what was started here, by its number, and nothing else.
close_desk() {
  if [ -n "$desk" ] && kill -0 "$desk" 2> /dev/null; then
    kill -TERM "$desk"
    wait "$desk" || true
  fi
  desk=""
}
trap 'close_desk; rm -rf "$work"' EXIT

program

# open_desk ARGUMENTS: a desk on a free port of the loopback; `base` is its address, `desk` its process.
open_desk() {
  "$sijill" serve --port 0 --bind 127.0.0.1 "$@" 2> "$work/desk.log" &
  desk=$!
  local tries
  for tries in $(seq 1 600); do
    base="$(grep -o 'http://127\.0\.0\.1:[0-9]*' "$work/desk.log" | head -n 1 || true)"
    [ -n "$base" ] && return 0
    kill -0 "$desk" 2> /dev/null || break
    sleep 0.2
  done
  echo "expected a desk to open, found (after $tries looks):" >&2
  cat "$work/desk.log" >&2
  return 1
}
