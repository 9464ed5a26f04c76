#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# restart.sh SOURCE: what the supervisor writes is what systemd watches, and all that comes of it is a restart of the machine. The units
# are played by hand, with a stand-in for systemctl. TAP.
set -eu
units=$1/kiosk-config/units
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
n=0
# told STATUS WHAT
told () {
  n=$((n + 1))
  if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; fi
}
# value UNIT KEY
value () { sed -n "s/^$2=//p" "$units/$1"; }

name=$(sed -n 's/^#define PV_RESTART_FILE "\(.*\)"$/\1/p' "$1/app/kiosk/supervisor/restart.h")
runtime=$(sed -n 's/^Environment=XDG_RUNTIME_DIR=\([^ ]*\).*/\1/p' "$units/parvis-kiosk.service")
status=0
[ -n "$name" ] && [ "$(value parvis-restart.path PathExists)" = "$runtime/$name" ] || status=1
told $status "the file of the supervisor is the one that is watched"
status=0
[ "$runtime" = "/run/$(value parvis-kiosk.service RuntimeDirectory)" ] || status=1
told $status "and lies in a folder that is new at each start: an old wish is forgotten"

cat >"$work/systemctl" <<'END'
#!/bin/sh
printf '%s\n' "$*" >>"$(dirname "$0")/calls"
END
chmod +x "$work/systemctl"
status=0
command=$(value parvis-restart.service ExecStart)
case $command in
/usr/bin/systemctl\ *) ;;
*) status=1 ;;
esac
# shellcheck disable=SC2086
"$work/systemctl" ${command#/usr/bin/systemctl}
[ "$(cat "$work/calls")" = "--no-block reboot" ] || status=1
told $status "one call, of systemctl, for a restart and nothing else"
status=0
[ "$(value parvis-restart.service RemainAfterExit)" = yes ] || status=1
told $status "one file is one restart, though it stays until the machine is down"
status=0
for unit in parvis-restart.path parvis-restart.service; do
  grep -q "usr/lib/systemd/system/$unit" "$1/kiosk-config/debian/parvis-kiosk.install" || status=1
  grep -q "'units/$unit'" "$1/kiosk-config/meson.build" || status=1
done
grep -q 'parvis-restart.path' "$1/kiosk-config/debian/kiosk/parvis-kiosk" || status=1
told $status "it is installed, and a kiosk watches"
echo "1..$n"
