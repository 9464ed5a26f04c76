#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# ctl-opening.sh PARVISCTL: "parvisctl status" says whether the kiosk is open, and until when, in the commune's time. TAP.
set -eu
parvisctl=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
n=0
# status of the settings on standard input, and what is looked for: in JSON, or in English
holds () {
  n=$((n + 1))
  mkdir -p "$work/conf.d"
  { printf '[commune]\nname=Montclair\n[portal]\nmode=relay\nurl=http://127.0.0.1:1\n'; cat; } >"$work/conf.d/10.conf"
  LANGUAGE=en "$parvisctl" --config "$work/conf.d" status "$@" >"$work/out" 2>/dev/null || true
}
# told PATTERN WHAT
told () {
  if grep -Eq "$1" "$work/out"; then echo "ok $n - $2"; else echo "not ok $n - $2"; sed 's/^/# /' "$work/out"; fi
}
today=$(TZ=Europe/Paris date +%F)
# A day more, so that midnight does not come between.
tomorrow=$(TZ=Europe/Paris date -d tomorrow +%F) after=$(TZ=Europe/Paris date -d '2 days' +%F)

holds --json <<END
[clock]
trusted=true
[opening]
days=$today/$tomorrow closed;
END
told '"open":false' 'closed on a day that is named'
holds <<END
[clock]
trusted=true
[opening]
days=$today/$tomorrow closed;
END
told "^Opening hours +closed until $after 00:00" 'and until the midnight of the commune'
holds --json <<END
[clock]
trusted=true
[opening]
hours=mon-sun 00:00-24:00
END
told '"open":true' 'open at any time'
holds --json </dev/null
told '"open":true,"open_changes":null' 'open without any hours'
echo "1..$n"
