#!/bin/sh
# Installs standwith into .venv. "run": what a server needs. "dev": what the tests need too, the browser included.
# Uses the distribution's packages through apt-get where something is missing; says so in one sentence where it cannot.
set -eu
what=$1 python=$2
cd "$(dirname "$0")/.."

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo "$@"; else
  echo "standwith: please run as root: $*" >&2; exit 1; fi; }
need_packages() {
  command -v apt-get >/dev/null || { echo "standwith: please install $* with your system's package manager." >&2; exit 1; }
  as_root apt-get update -q
  DEBIAN_FRONTEND=noninteractive as_root apt-get install -y -q --no-install-recommends "$@"
}

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
  echo "standwith: Python 3.11 or newer is needed; $python is older." >&2; exit 1; }
# Debian ships Python without ensurepip; python3-venv brings it.
"$python" -c 'import ensurepip' 2>/dev/null || need_packages python3-venv

[ -x .venv/bin/pip ] || "$python" -m venv .venv
pip() { .venv/bin/python -m pip --disable-pip-version-check "$@"; }

if [ "$what" = run ]; then
  pip install -q --require-hashes -r requirements/run.txt -r requirements/build.txt
  pip install -q --no-deps --no-build-isolation -e .
  touch .venv/.run
else
  pip install -q --require-hashes -r requirements/dev.txt
  missing=""
  command -v chromium >/dev/null || command -v chromium-browser >/dev/null || missing="$missing chromium"
  command -v java >/dev/null || missing="$missing default-jre-headless"
  command -v npm >/dev/null || missing="$missing npm"
  command -v wrk >/dev/null || missing="$missing wrk"
  command -v nginx >/dev/null || missing="$missing nginx-light"
  fc-list 2>/dev/null | grep -qi "noto.*georgian" || missing="$missing fontconfig fonts-noto-core"
  # shellcheck disable=SC2086  # a list of package names
  [ -z "$missing" ] || need_packages $missing
  touch .venv/.dev
fi
