#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# confirm.sh ROOT.tar: what makes a slot good, and what gives it back, without a machine: the image's own "confirm" in Debian 13, started
# after pick_slot has chosen and counted as the boot loader does. What systemd and doctor say comes from files. Needs root rights. TAP.
set -eu
source=$(cd "$(dirname "$0")/../.." && pwd)
if [ "${PV_IN_CONFIRM-}" != 1 ]; then
  exec env PV_IN_CONFIRM=1 unshare --mount --net --pid --fork --kill-child "$0" "$@"
fi
mount --make-rprivate /
work=$(mktemp -d -p /var/tmp parvis-confirm.XXXXXX)
. "$source/tests/image/slot-root.sh"
clean_up () {
  cd /
  unmake_root
  rm -rf --one-file-system "$work"
}
trap clean_up EXIT
trap 'exit 1' INT TERM
: >"$work/log"
make_root "$1"
state=$root/var/lib/parvis-update

# The kiosk has painted if the file is there.
stand_in systemctl <<'END'
[ -e /run/has-painted ]
END
# What doctor finds: /run/found, or once /run/found.later where that is there; it ends as /run/status says.
stand_in parvisctl <<'END'
case "$1 $2" in
  "doctor --slot")
    echo asked >>/run/asked
    cat /run/found
    status=$(cat /run/status 2>/dev/null) || { status=0; [ ! -s /run/found ] || status=1; }
    [ ! -e /run/found.later ] || mv /run/found.later /run/found
    exit "$status" ;;
  "update confirm") cat /usr/lib/os-release | sed -n 's/^IMAGE_VERSION=//p' >/run/confirmed ;;
  *) exit 2 ;;
esac
END
# Nothing is waited for; how often it was, counts.
stand_in sleep <<'END'
echo >>/run/slept
END

fresh () {
  rm -rf "$esp/EFI/Linux"/* "$state" "$root/run/found" "$root/run/found.later" "$root/run/status" "$root/run/asked" "$root/run/slept" \
    "$root/run/confirmed"
  mkdir "$state"
  : >"$root/run/found"
  : >"$root/run/has-painted"
}
on_trial () { printf '%s\n' "$@" >"$state/trial"; }
# boot: a start of the machine; its status is that of confirm
boot () {
  pick_slot
  status=0
  inside /usr/lib/parvis/image/confirm >"$work/log" 2>&1 || status=$?
}
# is SLOTS CONFIRMED REFUSED
is () {
  [ "$(slots)" = "$1 " ] && [ "$(cat "$root/run/confirmed" 2>/dev/null)" = "$2" ] &&
    [ "$(cat "$root/run/parvis/update-refused" 2>/dev/null)" = "$3" ] && return 0
  echo "slots $(slots), confirmed $(cat "$root/run/confirmed" 2>&1), refused $(cat "$root/run/parvis/update-refused" 2>&1)" >>"$work/log"
  return 1
}

fresh
put_slot 1 +3
boot
is parvis_1+3.efi 1 '' && [ "$status" -eq 0 ]
told $? 'a first start that paints is confirmed, and its count is filled up, not taken away'

fresh
put_slot 1 +3
echo 'printer: no such thing' >"$root/run/found"
boot
is parvis_1+3.efi 1 '' && [ "$status" -eq 0 ] && [ ! -e "$root/run/asked" ]
told $? 'without an update there is nothing to go back to: doctor is not asked'

fresh
put_slot 1 +3
rm "$root/run/has-painted"
boot
is parvis_1+2-1.efi '' '' && [ "$status" -ne 0 ] && [ "$(wc -l <"$root/run/slept")" -ge 500 ]
told $? 'a start that paints nothing is not confirmed, and one try is gone'

fresh
put_slot 1 +3
put_slot 2 +3
on_trial 2
boot
is 'parvis_1+3.efi parvis_2+3.efi' 2 '' && [ "$status" -eq 0 ] && [ -e "$root/run/asked" ] && [ ! -e "$state/trial" ]
told $? 'an update that paints and of which doctor says nothing is confirmed'

fresh
put_slot 1 +3
put_slot 2 +3
on_trial 2 touch reader
printf 'touch: no touch screen answers\nreader: none\n' >"$root/run/found"
boot
is 'parvis_1+3.efi parvis_2+3.efi' 2 '' && [ "$status" -eq 0 ]
told $? 'what was wrong before the update is not held against it'

fresh
put_slot 1 +3
put_slot 2 +3
on_trial 2 touch
printf 'services: the courier does not run\n' >"$root/run/found"
: >"$root/run/found.later"
boot
is 'parvis_1+3.efi parvis_2+3.efi' 2 '' && [ "$status" -eq 0 ] && [ "$(wc -l <"$root/run/asked")" -eq 2 ]
told $? 'what gets well within two minutes is not held against it either'

fresh
put_slot 1 +3
put_slot 2 +3
on_trial 2 touch
echo 'services: the courier does not run' >"$root/run/found"
good=0
for want in 2-1 1-2 0-3; do
  boot
  [ "$version" = 2 ] && [ "$status" -ne 0 ] && is "parvis_1+3.efi parvis_2+$want.efi" '' '' || good=1
  grep -q 'services: the courier does not run' "$work/log" || good=1
done
told $good 'an update that doctor finds wrong is not confirmed, three starts long, and the journal says why'
: >"$root/run/found"
boot
[ "$version" = 1 ] && is 'parvis_1+3.efi parvis_2+0-3.efi' 1 2 && [ "$status" -eq 0 ]
told $? 'then the old slot comes back by itself, is confirmed, and which version was refused is told'
rm -f "$root/run/confirmed"
boot
[ "$version" = 1 ] && is 'parvis_1+3.efi parvis_2+0-3.efi' 1 2 && [ "$status" -eq 0 ]
told $? 'at each later start, too'
put_slot 3 +3
rm "$esp/EFI/Linux/parvis_2+0-3.efi"
on_trial 3
boot
[ "$version" = 3 ] && is 'parvis_1+3.efi parvis_3+3.efi' 3 '' && [ "$status" -eq 0 ]
told $? 'until a newer one is in that slot, which is confirmed'

fresh
put_slot 1 +3
put_slot 2 +3
on_trial 2
echo 134 >"$root/run/status"
boot
is 'parvis_1+3.efi parvis_2+2-1.efi' '' '' && [ "$status" -ne 0 ] && grep -q 'doctor ended with 134' "$work/log"
told $? 'a doctor that crashes does not agree'

fresh
put_slot 1 +3
put_slot 2 +3
on_trial 2
echo 'lock-down: a keyboard can restart the machine' >"$root/run/found"
exec 8<"$root/run/parvis/served.lock"
flock --shared 8
pick_slot
: >"$root/run/asked"
(exec 8<&-; inside /usr/lib/parvis/image/confirm >"$work/log" 2>&1) &
confirm=$!
# Asked to the end: then it waits for the lock, or it would be gone.
good=1
while [ -d "$root/proc/$confirm" ]; do
  grep -q '^State:.*Z' "$root/proc/$confirm/status" && break
  grep -q -x flock "$root"/proc/[0-9]*/comm 2>/dev/null && grep -q 'does not agree' "$work/log" && { good=0; break; }
done
exec 8<&-
status=0
wait $confirm || status=$?
[ "$good" -eq 0 ] && [ "$status" -ne 0 ] && is 'parvis_1+3.efi parvis_2+2-1.efi' '' ''
told $? 'whoever stands at the kiosk by then is not sent away by the restart'

fresh
put_slot 1 +3
pick_slot
printf '\007\000\000\000nowhere.efi' >"$variable"
status=0
inside /usr/lib/parvis/image/confirm >"$work/log" 2>&1 || status=$?
[ "$status" -eq 0 ] && grep -q 'cannot be filled up' "$work/log"
told $? 'a partition of the firmware that cannot be written does not stop a kiosk that serves'
on_trial 1
status=0
inside /usr/lib/parvis/image/confirm >"$work/log" 2>&1 || status=$?
[ "$status" -ne 0 ]
told $? 'but an update that cannot be confirmed is not'

# The loader's order itself.
fresh
put_slot 9 +3
put_slot 10 +3
put_slot 11 +0-3
pick_slot
[ "$version" = 10 ]
told $? 'of two versions the newer one is started, by numbers, and none that has no tries left'
plan
