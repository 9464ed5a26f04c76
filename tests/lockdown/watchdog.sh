#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# watchdog.sh SOURCE: what hangs is ended, and the next session shown. The real supervisor and sessions under a compositor, in the hands
# of unit-stand-in, which does what systemd does with the unit. TAP; the times are figures.
set -eu
source=$1 name=watchdog
# shellcheck source=tests/lockdown/stage.sh
. "$source/tests/lockdown/stage.sh"
# Of the shipped unit, where it is 60 s, so that the test does not wait that long: still above what the
# supervisor mends by itself, 15 s, with the 10 s until the next session has drawn a second frame.
period=30
n=0
told () {
  n=$((n + 1))
  if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; fi
}
events="$work/unit.log"
# happened SECONDS WHAT: after that time
happened () { awk -v after="$1" -v what="$2" '$1 > after && $2 == what { found = 1 } END { exit !found }' "$events"; }
# when SECONDS WHAT: at which time, the first one after that
when () { awk -v after="$1" -v what="$2" '$1 > after && $2 == what { print $1; exit }' "$events"; }
now () { awk -v zero="$zero" '{ printf "%.3f\n", $1 - zero }' /proc/uptime; }
since () { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.1f", b - a }'; }
figure () { printf '# {"name": "%s", "value": %s, "unit": "s"}\n' "$1" "$2"; }
welcome () {
  walk <<WALK
wait|Touchez pour commencer
WALK
}
main_process () { sed -n 's/.* started //p' "$events" | tail -n 1; }
gone () { [ ! -d "/proc/$1" ] || grep -q '^State:[[:space:]]*Z' "/proc/$1/status"; }

start_display
start_services
zero=$(awk '{ print $1 }' /proc/uptime)
"$PV_UNIT_PROGRAM" $period cage -d -- "$PV_SUPERVISOR_PROGRAM" --config "$work/conf.d" --session-program "$PV_SESSION_PROGRAM" \
  >"$events" 2>>"$work/kiosk.log" &
started="$! $started"
wait_until 120 'the kiosk does not say that it is ready' happened 0 ready
welcome
told 0 "ready after $(when 0 ready) s, and the first screen is there"
wait_until 120 'no second session' has_sessions "$(main_process)" 2
supervisor=$(below "$(main_process)" parvis)

# ---- the main loop of a session hangs: the supervisor ends it
# shellcheck disable=SC2046 # a list
hung=$(oldest $(below "$(main_process)" parvis-session))
began=$(now)
kill -STOP "$hung"
wait_until 40 'a session that hangs is not ended' gone "$hung"
ended=$(now)
welcome
told 0 "a session that hangs is gone after $(since "$began" "$ended") s"
figure 'from the hang of a session to its end' "$(since "$began" "$ended")"
figure 'from the hang of a session to the next one seen' "$(since "$began" "$(now)")"
status=0
[ "$(below "$(main_process)" parvis)" = "$supervisor" ] || { echo '# another supervisor runs'; status=1; }
! happened 0 silent || { echo '# the unit was ended, too'; status=1; }
grep -q 'session-killed.*because=silent' "$work/kiosk.log" || { echo '# the log does not say why'; status=1; }
told $status 'the supervisor did it alone, and said so'
status=0
awk -v a="$began" -v b="$ended" 'BEGIN { exit !(b - a <= 17) }' || status=1
told $status 'within 10 s of silence, and the 5 s until it is asked'

# ---- the supervisor hangs: nobody feeds, and the unit is started again
wait_until 60 'no second session' has_sessions "$(main_process)" 2
wait_until 30 'nobody feeds' happened "$(now)" fed
old=$(main_process)
sessions=$(below "$old" parvis-session)
began=$(now)
kill -STOP "$supervisor"
wait_until 60 'a supervisor that hangs is not noticed' happened "$began" silent
wait_until 60 'the unit is not started again' happened "$(when "$began" silent)" ready
again=$(when "$(when "$began" silent)" ready)
welcome
told 0 "a supervisor that hangs is noticed after $(since "$began" "$(when "$began" silent)") s"
figure 'from the hang of the supervisor until it is noticed' "$(since "$began" "$(when "$began" silent)")"
figure 'from the hang of the supervisor to the first frame of the next session' "$(since "$began" "$again")"
status=0
for pid in $old $supervisor $sessions; do gone "$pid" || { echo "# process $pid is still there"; status=1; }; done
told $status 'nothing is left of the unit before'
status=0
awk -v a="$began" -v b="$(when "$began" silent)" -v period=$period 'BEGIN { exit !(b - a <= period + 1) }' || status=1
told $status "within the $period s of WatchdogSec="

# ---- all is well again
mark=$(now)
wait_until 30 'the new supervisor does not feed' happened "$mark" fed
told 0 'the next one feeds'

# ---- a compositor that dies takes the unit with it, and the screen comes back
mark=$(now)
kill -KILL "$(main_process)"
wait_until 60 'the unit does not come back' happened "$mark" ready
welcome
told 0 "a compositor that was killed: seen again after $(since "$mark" "$(when "$mark" ready)") s"

# ---- the shipped unit leaves the supervisor the time that it needs
shipped=$(sed -n 's/^WatchdogSec=//p' "$source/kiosk-config/units/parvis-kiosk.service")
status=0
[ "$shipped" -ge 60 ] || status=1
told $status "the shipped unit waits $shipped s"
echo "1..$n"
