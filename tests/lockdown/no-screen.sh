#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# no-screen.sh SOURCE: a kiosk that was started while its screen was unplugged finds it once it is plugged in, without a visit. A compositor
# that was started without a screen, and has no network, hears of none: it has to be started again, and the supervisor must let systemd know.
# The real programs under cage's headless backend, whose outputs are counted from a file at each start; unit-stand-in is systemd. TAP.
set -eu
source=$1 name=no-screen
# shellcheck source=tests/lockdown/stage.sh
. "$source/tests/lockdown/stage.sh"
period=30 # of the shipped unit, where it is 60 s
n=0
told () {
  n=$((n + 1))
  if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; fi
}
events="$work/unit.log"
happened () { awk -v after="$1" -v what="$2" '$1 > after && $2 == what { found = 1 } END { exit !found }' "$events"; }
when () { awk -v after="$1" -v what="$2" '$1 > after && $2 == what { print $1; exit }' "$events"; }

start_services
export WLR_BACKENDS=headless WLR_RENDERER=pixman WLR_XWAYLAND=/bin/false WLR_LIBINPUT_NO_DEVICES=1
export GDK_BACKEND=wayland GSK_RENDERER=cairo GSETTINGS_BACKEND=memory GDK_DISABLE=gl,vulkan
echo 0 >"$work/outputs"
cat >"$work/kiosk" <<END
#!/bin/sh
WLR_HEADLESS_OUTPUTS=\$(cat "$work/outputs") exec cage -d -- "$PV_SUPERVISOR_PROGRAM" --config "$work/conf.d" --session-program "$PV_SESSION_PROGRAM"
END
chmod +x "$work/kiosk"
"$PV_UNIT_PROGRAM" $period "$work/kiosk" >"$events" 2>>"$work/kiosk.log" &
started="$! $started"
wait_until 120 'the kiosk does not say that it is ready' happened 0 ready
wait_until 120 'nobody notices that there is no screen' happened 0 silent
status=0
! happened 0 fed || status=1
told $status "without a screen nobody says that all is well"
status=0
grep -q 'session-killed.*because=silent' "$work/kiosk.log" || status=1
told $status 'and the log says that sessions draw nothing'

echo 1 >"$work/outputs"
mark=$(when 0 silent)
wait_until 180 'the screen is not found' happened "$mark" fed
told 0 "plugged in, it is found when the compositor is started again, after $(awk -v a="$mark" -v b="$(when "$mark" fed)" 'BEGIN { printf "%.0f", b - a }') s"
echo "1..$n"
