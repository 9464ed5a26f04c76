#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# night.sh ROOT.tar: one night of updates, without a machine: the image's own "update" in Debian 13: when it looks, what it waits for, what
# it tells, when the machine starts again. What systemd-sysupdate and parvisctl say comes from files; update.sh has the real one. Needs
# root rights. TAP.
set -eu
source=$(cd "$(dirname "$0")/../.." && pwd)
if [ "${PV_IN_NIGHT-}" != 1 ]; then
  exec env PV_IN_NIGHT=1 unshare --mount --net --pid --fork --kill-child "$0" "$@"
fi
mount --make-rprivate /
work=$(mktemp -d -p /var/tmp parvis-night.XXXXXX)
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

stand_in systemctl <<'END'
case $* in
  *is-active*parvis-confirm*) [ -e /run/is-confirmed ] ;;
  reboot) echo reboot >>/run/done ;;
esac
END
# /run/due: seconds; without it, it is not the hour. /run/source: the address. What is told goes to /run/done.
stand_in parvisctl <<'END'
case "$1 $2" in
  "update due") cat /run/due 2>/dev/null || exit "$(cat /run/due-status 2>/dev/null || echo 1)" ;;
  "update fetch")
    case $(cat /run/source) in file:*) mkdir -p "$3/files" ;; esac
    cat /run/source ;;
  "update tell") echo "tell $4" >>/run/done; [ ! -e /run/no-network ] ;;
  "doctor --slot") printf 'touch: none\ntouch: another\n'; exit 1 ;;
  *) exit 2 ;;
esac
END
# Who holds the lock until the machine is down is not waited for.
stand_in sleep <<'END'
exit 0
END
sysupdate=$root/usr/lib/systemd/systemd-sysupdate
cat >"$sysupdate" <<'END'
#!/bin/sh
grep -h ^Path /run/parvis-update/20-root.transfer >/run/path
case $* in
  *check-new) [ -e /run/offered ] && cat /run/offered ;;
  *update)
    head -n 1 /var/lib/parvis-update/trial >/run/trial-at-update
    [ ! -e /run/is-broken ] || exit 1
    echo "install $(cat /run/offered)" >>/run/done
    cp /run/offered "/run/esp/EFI/Linux/parvis_$(cat /run/offered)+3-0.efi" ;;
esac
END
chmod 755 "$sysupdate"

fresh () {
  rm -rf "$esp/EFI/Linux"/* "$state"
  for file in done due due-status source offered is-broken is-confirmed no-network trial-at-update path; do rm -f "$root/run/$file"; done
  mkdir "$state"
  : >"$root/run/is-confirmed"
  echo 10000 >"$root/run/due"
  echo https://images.example.org/parvis/ >"$root/run/source"
  put_slot 1 +3
  pick_slot
  mv "$esp/EFI/Linux/parvis_1+2-1.efi" "$esp/EFI/Linux/parvis_1+3.efi"
}
night () {
  : >"$root/run/done"
  status=0
  inside /usr/lib/parvis/image/update >"$work/log" 2>&1 || status=$?
  happened=$(tr '\n' ' ' <"$root/run/done")
  echo "status $status: $happened" >>"$work/log"
}
is () { [ "$happened" = "$1" ] && [ "$status" -eq "${2-0}" ]; }

fresh
echo 2 >"$root/run/offered"
night
is 'install 2 reboot ' && [ "$(tr '\n' ' ' <"$state/trial")" = '2 touch ' ] && [ "$(cat "$root/run/trial-at-update")" = 2 ] &&
  grep -q 'https://images.example.org/parvis/$' "$root/run/path" && [ -e "$state/looked" ]
told $? 'what is newer is installed, on trial beforehand with what was wrong until then, and the machine starts again'

fresh
night
is '' && [ ! -e "$state/looked" ] && [ ! -e "$state/trial" ]
told $? 'nothing newer, or a server that does not answer: nothing happens, and it is asked again'
echo 900 >"$root/run/due"
night
is '' && [ -e "$state/looked" ]
told $? 'until the night is over'

fresh
rm "$root/run/due"
echo 2 >"$root/run/offered"
night
is '' && [ ! -e "$state/looked" ]
told $? 'it is not the hour: nothing happens'

echo 139 >"$root/run/due-status"
night
is '' 139
told $? 'but a parvisctl that crashes is no such thing: the unit fails'

fresh
rm "$root/run/is-confirmed"
echo 2 >"$root/run/offered"
night
is ''
told $? 'a slot on trial does not write over the one that it would fall back to'

fresh
echo 0 >"$root/run/due"
echo 2 >"$root/run/offered"
night
is 'install 2 ' && grep -q 'waits for the next start' "$work/log"
told $? 'a machine that was off at night installs by day, and does not start again for it'
echo 10000 >"$root/run/due"
night
is 'reboot '
told $? 'but in the next night it does, without fetching anything'

fresh
echo 2 >"$root/run/offered"
exec 8<"$root/run/parvis/served.lock"
flock --shared 8
: >"$root/run/done"
(exec 8<&-; inside /usr/lib/parvis/image/update >"$work/log" 2>&1) &
update=$!
good=1
while ! grep -q '^State:.*Z' "$root/proc/$update/status" 2>/dev/null; do
  grep -q -x flock "$root"/proc/[0-9]*/comm 2>/dev/null && { good=0; break; }
done
[ "$(tr '\n' ' ' <"$root/run/done")" = 'install 2 ' ] || good=1
exec 8<&-
wait $update || good=1
[ "$good" -eq 0 ] && [ "$(tr '\n' ' ' <"$root/run/done")" = 'install 2 reboot ' ]
told $? 'while somebody stands at the kiosk it waits, and goes on after the goodbye'

fresh
echo 2 >"$root/run/offered"
echo 1 >"$root/run/due"
exec 8<"$root/run/parvis/served.lock"
flock --shared 8
: >"$root/run/done"
(exec 8<&-; inside /usr/lib/parvis/image/update >"$work/log" 2>&1) || true
exec 8<&-
[ "$(tr '\n' ' ' <"$root/run/done")" = 'install 2 ' ] && grep -q 'or for the next night' "$work/log"
told $? 'whoever stands there until the window is over is not sent away'

fresh
echo 2 >"$root/run/offered"
: >"$root/run/is-broken"
night
is '' 1 && [ ! -e "$state/looked" ]
told $? 'an update that cannot be written is told, and tried again within the night'

fresh
put_slot 2 +0-3
night
is ''
told $? 'a version that was refused is not started again'

fresh
echo 2 >"$root/run/offered"
echo file:///var/lib/parvis-update/files/ >"$root/run/source"
night
is 'install 2 reboot ' && [ "$(cat "$state/version")" = 2 ] && [ ! -e "$state/files" ]
told $? 'of hawkBit: installed, and nothing told before it has proved itself'
: >"$root/run/no-network"
rm "$root/run/due"
pick_slot
night
is 'tell success ' && [ -e "$state/version" ]
told $? 'then success is told, at any hour, again until it is heard'
rm "$root/run/no-network"
night
is 'tell success ' && [ ! -e "$state/version" ]
told $? 'and once it is heard, forgotten'
night
is ''
told $? 'and then no more'

fresh
echo 2 >"$state/version"
put_slot 2 +0-3
night
is 'tell failure ' && [ ! -e "$state/version" ]
told $? 'of hawkBit: a version that was refused is told as a failure'

fresh
echo file:///var/lib/parvis-update/files/ >"$root/run/source"
night
is 'tell failure ' && [ ! -e "$state/files" ]
told $? 'of hawkBit: files of no newer image are told as a failure, and go'

fresh
echo 2 >"$root/run/offered"
: >"$root/run/is-broken"
echo file:///var/lib/parvis-update/files/ >"$root/run/source"
night
is 'tell failure ' 1 && [ ! -e "$state/files" ]
told $? 'of hawkBit: files that cannot be installed, too'
plan
