#!/bin/sh
# Installs standwith into .venv. "run": what a server needs. "dev": what the tests need too, the browser included.
# Uses the distribution's packages through apt-get where something is missing; says so in one sentence where it cannot.
set -eu
what=$1 python=$2
cd "$(dirname "$0")/.."

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo "$@"; else
  echo "standwith: please run as root: $*" >&2; exit 1; fi; }
lists_are_new=""
need_lists() {
  command -v apt-get >/dev/null || { echo "standwith: please install $* with your system's package manager." >&2; exit 1; }
  [ -n "$lists_are_new" ] || as_root apt-get update -q
  lists_are_new=1
}
need_packages() {
  need_lists "$@"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"
}
# The first of these packages that the distribution has: what is chromium in Debian is chromium-browser in Ubuntu.
first_of() {
  for name; do
    if apt-cache policy "$name" 2>/dev/null | grep -q "Candidate: [^(]"; then echo "$name"; return; fi
  done
}

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
  echo "standwith: Python 3.11 or newer is needed; $python is older." >&2; exit 1; }
# Debian ships Python without ensurepip; python3-venv brings it.
"$python" -c 'import ensurepip' 2>/dev/null || need_packages python3-venv

[ -x .venv/bin/pip ] || "$python" -m venv .venv
pip() { .venv/bin/python -m pip --disable-pip-version-check "$@"; }

# The dossier's letters. All else works without them, so where they cannot be installed this only says so.
bring_fonts() {
  [ -n "$(find /usr/share/fonts /usr/local/share/fonts -name 'NotoSerifGeorgian-Regular.*' 2>/dev/null | head -n 1)" ] ||
    (need_packages fonts-noto-core) ||
    echo "standwith: for \`standwith dossier\` please install the fonts of the package fonts-noto-core." >&2
}

if [ "$what" = run ]; then
  bring_fonts
  pip install -q --require-hashes -r requirements/run.txt -r requirements/build.txt
  pip install -q --no-deps --no-build-isolation -e .
  touch .venv/.run
else
  pip install -q --require-hashes -r requirements/dev.txt
  PATH=$PATH:/usr/sbin  # where Debian keeps nginx, and where few users look
  missing=""
  command -v chromium >/dev/null || command -v chromium-browser >/dev/null || {
    need_lists chromium
    missing="$missing $(first_of chromium chromium-browser)"
  }
  command -v java >/dev/null || missing="$missing default-jre-headless"
  command -v npm >/dev/null || missing="$missing npm"
  command -v wrk >/dev/null || missing="$missing wrk"
  command -v lynx >/dev/null || missing="$missing lynx"
  command -v w3m >/dev/null || missing="$missing w3m"
  command -v msgcat >/dev/null || missing="$missing gettext"
  command -v pdftotext >/dev/null || missing="$missing poppler-utils"
  command -v systemd-analyze >/dev/null || missing="$missing systemd"
  nginx_is_new=""
  command -v nginx >/dev/null || { missing="$missing nginx-light"; nginx_is_new=1; }
  if command -v apt-get >/dev/null && ! ls /etc/nginx/modules-enabled/*brotli-static* >/dev/null 2>&1; then
    need_lists
    missing="$missing $(first_of libnginx-mod-http-brotli-static)"
  fi
  fc-list 2>/dev/null | grep -qi "noto.*georgian" || missing="$missing fontconfig fonts-noto-core"
  # shellcheck disable=SC2086  # a list of package names
  set -- $missing
  [ $# = 0 ] || need_packages "$@"
  # The tests start their own nginx; the one that the package starts would serve this machine's port 80 for nothing.
  if [ -n "$nginx_is_new" ] && [ -d /run/systemd/system ]; then as_root systemctl disable --quiet --now nginx; fi
  # The W3C's checker, by the hash in its lock file; its install script would fetch a Java of its own.
  npm ci --prefix tests/stories --ignore-scripts --no-audit --no-fund --loglevel=error
  touch .venv/.dev
fi
