#!/bin/sh
# Makes sure that a Chromium is there: the system's, else Debian's package, else
# playwright's own download. Exits 1, saying so, if none can be had.
set -u
have() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
have >/dev/null 2>&1 && exit 0
[ -n "$(ls -d "${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}"/chromium* 2>/dev/null)" ] && exit 0
if command -v apt-get >/dev/null 2>&1; then
  sudo=""
  [ "$(id -u)" = 0 ] || sudo="sudo -n"
  echo "Installing Chromium from Debian's packages"
  $sudo apt-get update -qq >/dev/null 2>&1
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq chromium >/dev/null 2>&1
  have >/dev/null 2>&1 && exit 0
fi
if [ -x .venv/bin/playwright ]; then
  echo "Downloading playwright's Chromium"
  .venv/bin/playwright install chromium >/dev/null 2>&1 && exit 0
fi
echo "No Chromium could be had. The app runs without it; browser tests and pictures need it." >&2
exit 1
