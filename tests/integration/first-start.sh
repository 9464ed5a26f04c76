#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# first-start.sh SUPERVISOR SESSION WALK: what a kiosk shows that is switched on before all is ready.
#
# The real supervisor and sessions on a display of their own (with-display), with wrong settings, with none at all, and
# without any service: never a dark screen, never one session after the other, and all is well as soon as it is mended.
set -eu
if [ "${4:-}" != inside ]; then
  for program in dbus-run-session setsid; do
    command -v $program >/dev/null || { echo "skipped: $program is missing"; exit 77; }
  done
  exec "$(dirname "$0")/../screens/with-display" dbus-run-session -- "$0" "$1" "$2" "$3" inside
fi
supervisor=$1 session=$2 walk=$3
unset GTK_A11Y LANGUAGE
work=$(mktemp -d -t parvis-first-start.XXXXXX)
kiosk='' log=/dev/null
clean_up () {
  trap '' EXIT INT TERM HUP
  stop_kiosk
  rm -rf "$work"
}
stop_kiosk () {
  [ -z "$kiosk" ] || { kill "$kiosk" 2>/dev/null && wait "$kiosk"; } || true
  kiosk=''
}
trap clean_up EXIT
trap 'exit 1' INT TERM HUP

fail () {
  printf 'FAILED: %s\n' "$*"
  cat "$log"
  exit 1
}

# start_kiosk LOG: each with a log of its own, as the last session may still be writing
start_kiosk () {
  log=$work/$1.log
  : >"$log"
  "$supervisor" --config "$work/conf.d" --session-program "$session" 2>>"$log" &
  kiosk=$!
}

# see: the lines of standard input are what canary-walk is to do; without leaks of its libraries being counted
see () {
  ASAN_OPTIONS=detect_leaks=0 "$walk" "$work" 1080 1920 >"$work/walk.log" 2>&1 || {
    cat "$work/walk.log"
    fail 'what was expected is not on the screen'
  }
}

log_has () { grep -qF "$1" "$log" || fail "the log does not say: $1"; }
log_lacks () { ! grep -qF "$1" "$log" || fail "the log says: $1"; }
sessions () { ps -o args= --ppid "$kiosk" | grep -cF "$session" || true; }

# The folder of the sockets does not exist, nobody listens, and there is no catalogue.
settings='[commune]
name=Montclair
[contact]
service=Accueil de la mairie
phone=01 99 00 12 34
[portal]
url=http://127.0.0.1:1
[accessibility]
bus=true
[paths]
runtime='$work'/none
cache='$work'/none
state='$work'/none
'

echo '# A mistake in the settings'
mkdir "$work/conf.d"
printf '[commune]\nname=Montclair\nprimary=yellow%s' "${settings#*Montclair}" >"$work/conf.d/10-commune.conf"
start_kiosk wrong
see <<END
wait|Cette borne est en panne
wait-start|Vous pouvez aller à la mairie
wait-start|Accueil de la mairie
wait-start|01 99 00 12 34
END
log_has 'parvis: bad-settings 10-commune.conf:3: [commune] primary: expected a colour like #1F4FA3'
log_has 'parvis-session: bad-settings 10-commune.conf:3: [commune] primary'
[ "$(sessions)" -eq 1 ] || fail "$(sessions) sessions, but one is enough to say that nothing works"

echo '# Mended, but no service is there'
printf '%s' "$settings" >"$work/conf.d/10-commune.conf"
see <<END
wait|Touchez pour commencer
wait-start|Aucune démarche ne peut s’afficher maintenant
touch|Touchez pour commencer
wait|Que voulez-vous faire ?
wait-start|Aucune démarche ne peut s’afficher maintenant
touch|Appeler un médiateur
wait-start|01 99 00 12 34
END
log_lacks session-crashed
log_lacks session-killed
stop_kiosk

echo '# No settings at all'
rm -r "$work/conf.d"
start_kiosk none
tries=0
until [ "$(grep -cF bad-settings "$log")" -ge 2 ]; do
  tries=$((tries + 1))
  [ "$tries" -lt 300 ] || fail 'nobody says that there are no settings'
  sleep 0.1
done
mkdir "$work/conf.d"
printf '%s' "$settings" >"$work/conf.d/10-commune.conf"
see <<END
wait|Touchez pour commencer
END
log_has 'replace because=settings'
log_lacks session-crashed
echo 'The kiosk said what was wrong, and went on when it was mended.'
