#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# escape.sh SOURCE: nobody gets out of the kiosk's screen with pointer and keys. What is tried in the kiosk is tried first in an
# ordinary window under the same compositor, where it must be seen to have an effect (escape.c has the list). TAP.
set -eu
source=$1 name=escape
# shellcheck source=tests/lockdown/stage.sh
. "$source/tests/lockdown/stage.sh"
start_display
: >"$work/results"
crashes=0

# try WHAT...: its lines to the results
try_out () {
  status=0
  ASAN_OPTIONS=detect_leaks=0 "$PV_ESCAPE_PROGRAM" "$kind" "$compositor" $width $height "$@" >"$work/tried" 2>"$work/tried.err" ||
    status=$?
  cat "$work/tried" >>"$work/results"
  sed 's/^/# /' "$work/tried.err"
  [ "$status" -lt 99 ] || give_up "nothing could be tried: $*"
}

# ---- the control: a window that is not locked. A link has somebody to open it.
kind=open
mkdir -p "$work/run/.local/share/applications"
cat >"$work/run/.local/share/applications/opener.desktop" <<APPLICATION
[Desktop Entry]
Type=Application
Name=opener
Exec=$work/opener %u
MimeType=x-scheme-handler/https;
APPLICATION
printf '[Default Applications]\nx-scheme-handler/https=opener.desktop\n' >"$work/run/.local/share/applications/mimeapps.list"
printf '#!/bin/sh\necho "$1" >>"%s/opened"\nexec sleep 5\n' "$work" >"$work/opener"
# It is started again whenever it ends, as long as there is a compositor.
printf '#!/bin/sh\nwhile kill -0 "$PPID" 2>/dev/null; do "%s" || sleep 1; done\n' "$PV_OPEN_WINDOW_PROGRAM" >"$work/open"
chmod 755 "$work/opener" "$work/open"
start open cage -d -- "$work/open"
compositor=$last

try_out text
[ -s "$work/opened" ] || { echo '# no link was opened'; echo 'not ok - open window, link: nothing was started' >>"$work/results"; }
rm -f "$work/opened"
# shellcheck disable=SC2046 # a list
kill $(below "$compositor" '') "$compositor" 2>/dev/null || true
wait "$compositor" 2>/dev/null || true

# ---- the kiosk, with the same handler of links in the same home
kind=locked
start_services
start kiosk cage -d -- "$PV_SUPERVISOR_PROGRAM" --config "$work/conf.d" --session-program "$PV_SESSION_PROGRAM"
compositor=$last
wait_until 120 'there are no two sessions' has_sessions "$compositor" 2
# What a session needs of the courier comes a moment later.
walk <<WALK
wait|Touchez pour commencer
WALK
try_out welcome shortcuts

# to_text: to the first screen that is typed into
to_text () {
  walk <<WALK
begin
touch-start|Rue
touch-start|Signaler
touch|Commencer
wait|Continuer
choose|Autre chose
continue
wait|Continuer
WALK
}
to_text
try_out text shortcuts keys

# next_citizen: the session ends as by a crash, which clipboard and undo must not survive either
next_citizen () {
  # shellcheck disable=SC2046 # a list
  kill -9 "$(oldest $(below "$compositor" parvis-session))"
  crashes=$((crashes + 1))
  wait_until 60 'the next session is not there' has_sessions "$compositor" 2
  walk <<WALK
wait|Touchez pour commencer
WALK
}
next_citizen
to_text
try_out again
next_citizen
try_out keys

grep -c 'session-crashed' "$work/kiosk.log" >"$work/crashed" || true
[ "$(cat "$work/crashed")" -eq "$crashes" ] ||
  echo "not ok - the log: $(cat "$work/crashed") sessions crashed, $crashes were killed by this test" >>"$work/results"
! grep -q 'session-killed' "$work/kiosk.log" || echo 'not ok - the log: a session was killed by the watch' >>"$work/results"
[ ! -e "$work/opened" ] || echo 'not ok - a link was opened' >>"$work/results"

awk '/^(not )?ok - /{ n++; sub(/ - /, " " n " - ") } { print } END { print "1.." n }' "$work/results"
escapes=$(grep -v 'open window' "$work/results" | grep -c '^not ok' || true)
blind=$(grep 'open window' "$work/results" | grep -c '^not ok' || true)
printf '# {"name": "escapes from the kiosk", "value": %s, "unit": "of %s attempts"}\n' "$escapes" \
  "$(grep -v 'open window' "$work/results" | grep -c '^ok\|^not ok')"
printf '# {"name": "attempts seen to work in an open window", "value": %s, "unit": "of %s"}\n' \
  "$(grep -c '^ok - open window' "$work/results")" "$(grep -c 'ok - open window' "$work/results")"
[ "$escapes" -eq 0 ] && [ "$blind" -eq 0 ]
