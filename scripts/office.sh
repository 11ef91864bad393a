#!/bin/sh
# Makes sure that LibreOffice Impress is there: a test opens the PowerPoint with it.
# Takes Debian's package. Exits 1, saying so, if it cannot be had.
set -u
have() { command -v soffice; }
have >/dev/null 2>&1 && exit 0
if command -v apt-get >/dev/null 2>&1; then
  sudo=""
  [ "$(id -u)" = 0 ] || sudo="sudo -n"
  echo "Installing LibreOffice Impress from Debian's packages"
  $sudo apt-get update -qq >/dev/null 2>&1
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends libreoffice-impress >/dev/null 2>&1
  have >/dev/null 2>&1 && exit 0
fi
echo "No LibreOffice could be had. The app does not need it; the tests that open the PowerPoint with it are skipped." >&2
exit 1
