#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# ctl-lockdown.sh PARVISCTL SOURCE DATADIR: what kiosk-config/lockdown and kiosk-config/units make of a machine is what doctor wants of one:
# laid over an empty tree as their README says, nothing is found; each piece taken away again is.
set -eu
ctl=$1
lockdown=$2/kiosk-config/lockdown
data=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
n=0
failed=0

point () {
  n=$((n + 1))
  if [ "$1" -eq 0 ]; then echo "ok $n $2"; else echo "not ok $n $2"; failed=1; fi
}

lock () {
  rm -rf "$root"
  mkdir -p "$root/proc/sys/kernel" "$root/usr/sbin" "$root/usr/lib/systemd/system" "$root/etc/usbguard/rules.d" \
    "$root/etc/systemd/system/multi-user.target.wants" "$root$data"
  cp -r "$lockdown/root/." "$root/"
  cp -r "$lockdown" "$root$data/"
  : >"$root/usr/share/glib-2.0/schemas/gschemas.compiled"
  grep -v -e '^#' -e '^$' "$lockdown/masks" | while IFS= read -r unit; do
    echo '[Unit]' >"$root/usr/lib/systemd/system/$unit"
    ln -s /dev/null "$root/etc/systemd/system/$unit"
  done
  # What sysctl makes of the file.
  for key in sysrq core_pattern; do
    sed -n "s/^kernel\\.$key *= *//p" "$root/usr/lib/sysctl.d/90-parvis-kiosk.conf" >"$root/proc/sys/kernel/$key"
  done
  grep -v -e '^#' -e '^$' "$lockdown/kernel-command-line" | tr '\n' ' ' >"$root/proc/cmdline"
  printf 'Filename\tType\tSize\tUsed\tPriority\n' >"$root/proc/swaps"
  : >"$root/usr/sbin/usbguard-daemon"
  echo 'allow id 1234:5678' >"$root/etc/usbguard/rules.d/50-this-machine.conf"
  ln -s /usr/lib/systemd/system/parvis-firewall.service "$root/etc/systemd/system/multi-user.target.wants/"
}

# found STATUS WORDS
found () {
  status=0
  "$ctl" --config "$work/conf" doctor --root "$root" lock-down >"$work/said" 2>&1 || status=$?
  [ "$status" -eq "$1" ] && grep -qF -e "$2" "$work/said" && status=0 || { cat "$work/said" >&2; status=1; }
}

mkdir "$work/conf"
printf '[commune]\nname=Montclair\n[portal]\nurl=http://127.0.0.1:1\n' >"$work/conf/10.conf"
export LC_ALL=C LANGUAGE=C
lock
found 0 'All is well.'
point $status "what is shipped is what is wanted"
grep -v -e '^#' -e '^$' "$lockdown/masks" >"$work/masks"
for unit in $(sed -n -e 1p -e '$p' "$work/masks"); do
  rm "$root/etc/systemd/system/$unit"
  found 1 " $unit"
  point $status "$unit that is not masked is found"
  lock
done
: >"$root/proc/cmdline"
found 1 'rd.shell=0'
point $status "an empty boot line is found"
lock
for file in usr/lib/systemd/journald.conf.d/90-parvis-kiosk.conf usr/share/glib-2.0/schemas/99_parvis-kiosk.gschema.override \
  etc/usbguard/rules.d/50-this-machine.conf etc/systemd/system/multi-user.target.wants/parvis-firewall.service; do
  rm "$root/$file"
  mkdir -p "$root/var/log/journal"
  found 1 'To do: 1.'
  point $status "that $file is missing is found"
  lock
done
echo "1..$n"
exit $failed
