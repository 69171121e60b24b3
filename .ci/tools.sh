# Sourced by the suites: where they keep what they install, and how they get it.
#
# SIJILL     the program; built if it is not given
# SUITES     folder that keeps what suites install, between runs [default: target/suites]

cd "$(dirname "${BASH_SOURCE[0]}")/.."
suites="${SUITES:-${CARGO_TARGET_DIR:-target}/suites}"
mkdir -p "$suites"
suites="$(cd "$suites" && pwd)"
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_RETRIES=5 PIP_DEFAULT_TIMEOUT=60

# within SECONDS COMMAND: ends a command that hangs. It is interrupted first, so that it can end what it has started itself.
within() {
  local status=0
  timeout --signal=INT --kill-after=30 "$@" || status=$?
  [ "$status" -ne 124 ] || echo "expected an end within $1 s, found none: ${*:2}" >&2
  return "$status"
}

# thrice COMMAND: what comes from a network may fail and go through later.
thrice() {
  local try
  for try in 1 2 3; do
    if "$@"; then
      return 0
    fi
    echo "attempt $try of 3 failed: $*" >&2
    [ "$try" -eq 3 ] || sleep $((try * 10))
  done
  return 1
}

# debian PROGRAM PACKAGES: installs the packages where the program is not there.
debian() {
  local program="$1" as=""
  shift
  if command -v "$program" > /dev/null; then
    return 0
  fi
  if ! command -v apt-get > /dev/null; then
    echo "expected $program, or apt-get to install $* with, found neither" >&2
    return 1
  fi
  [ "$(id -u)" -eq 0 ] || as="sudo -n"
  $as apt-get update -q -o Acquire::Retries=3 &&
    DEBIAN_FRONTEND=noninteractive $as apt-get install -q -y --no-install-recommends -o Acquire::Retries=3 "$@" &&
    command -v "$program" > /dev/null
}

# environment FOLDER REQUIREMENTS: a virtual environment of Python's with the packages of that file; made anew where the file is another one than before.
environment() {
  local folder="$1" requirements="$2"
  if cmp -s "$requirements" "$folder/requirements.txt"; then
    return 0
  fi
  python3 -m venv --clear "$folder"
  thrice within 900 "$folder/bin/python" -m pip install --quiet --requirement "$requirements"
  cp "$requirements" "$folder/requirements.txt"
}

# program: sets `sijill` to the program, built with everything that an export may need.
program() {
  sijill="${SIJILL:-}"
  if [ -z "$sijill" ]; then
    cargo build --locked --release --package sijill --features parquet
    sijill="${CARGO_TARGET_DIR:-target}/release/sijill"
  fi
  sijill="$(realpath "$sijill")"
}
