#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# machine-files.sh SOURCE: the files that are laid over a machine say what they must, to programs that know the words. TAP.
set -eu
source=$1
folder=$source/kiosk-config/lockdown
over=$folder/root
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
n=0
told () {
  n=$((n + 1))
  if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; fi
}

# value FILE SECTION KEY: what FILE says last
value () {
  awk -v section="$2" -v key="$3" '
    /^[#;]/ { next }
    /^\[/ { now = substr($0, 2, index($0, "]") - 2); next }
    { at = index($0, "="); name = substr($0, 1, at - 1); gsub(/[ \t]+$/, "", name) }
    at > 0 && name == key && (section == "-" || now == section) {
      text = substr($0, at + 1); sub(/^[ \t]+/, "", text); said = text; found = 1 }
    END { if (found) print said; else exit 1 }' "$1"
}

grep -v '^#' "$source/tests/lockdown/machine-files.txt" >"$work/table"
status=0
while IFS='|' read -r file section key wanted; do
  said=$(value "$folder/$file" "$section" "$key") || said='(nothing)'
  [ "$said" = "$wanted" ] || { echo "# $file: $key is \"$said\", not \"$wanted\""; status=1; }
done <"$work/table"
told $status "$(wc -l <"$work/table") lines of the machine's files"
printf '[Login]\nNAutoVTs=6\n' >"$work/wrong"
status=0
[ "$(value "$work/wrong" Login NAutoVTs)" = 6 ] && ! value "$work/wrong" Login ReserveVT >"$work/none" || status=1
told $status 'a wrong line, and one that is missing, are seen'

# Keys of the kernel: those that this one has can be written as the file says; names that no kernel has would be found here.
status=0 known=0 unknown=0
grep -v '^#' "$over/usr/lib/sysctl.d/90-parvis-kiosk.conf" >"$work/sysctl"
while IFS= read -r line; do
  key=$(printf '%s' "${line%%=*}" | tr -d ' ')
  if [ -e "/proc/sys/$(printf '%s' "${key#-}" | tr . /)" ]; then
    known=$((known + 1))
  else
    echo "# this kernel has no ${key#-}"
    unknown=$((unknown + 1))
    case $key in -* | kernel.sysrq | kernel.yama.* | kernel.kexec_load_disabled | net.ipv6.*) ;; *) status=1 ;; esac
  fi
done <"$work/sysctl"
told $status "keys of the kernel: $known known here, $unknown not"

# Keys of systemd stand in its programs.
status=0
for pair in logind.conf.d:systemd-logind journald.conf.d:systemd-journald coredump.conf.d:systemd-coredump system.conf.d:systemd; do
  drop_in=$over/usr/lib/systemd/${pair%%:*}/90-parvis-kiosk.conf
  for path in /usr/lib/systemd/"${pair#*:}" /lib/systemd/"${pair#*:}"; do [ ! -x "$path" ] || break; done
  [ -x "$path" ] || { echo "# ${pair#*:} is not here"; continue; }
  cat "$path" /usr/lib/*/systemd/libsystemd-core-*.so /usr/lib/systemd/libsystemd-core-*.so 2>/dev/null >"$work/program" || true
  for key in $(sed -n 's/^\([A-Za-z]*\)=.*/\1/p' "$drop_in"); do
    grep -qaF "$key" "$work/program" || { echo "# ${pair#*:} knows no $key"; status=1; }
  done
done
told $status 'systemd knows every key of its drop-ins'

# The override counts once it is compiled, also with settings in memory; without it, it is on.
if command -v glib-compile-schemas >/dev/null && command -v gsettings >/dev/null &&
  [ -e /usr/share/glib-2.0/schemas/org.gtk.gtk4.Settings.Debug.gschema.xml ]; then
  mkdir "$work/schemas" "$work/plain"
  cp /usr/share/glib-2.0/schemas/org.gtk.gtk4.Settings.Debug.gschema.xml "$work/plain"
  cp "$work/plain"/* "$over"/usr/share/glib-2.0/schemas/*.override "$work/schemas"
  glib-compile-schemas "$work/plain"
  glib-compile-schemas --strict "$work/schemas"
  is_on () {
    GSETTINGS_BACKEND=memory GSETTINGS_SCHEMA_DIR=$1 gsettings get org.gtk.gtk4.Settings.Debug enable-inspector-keybinding
  }
  # A schema of the system would be found before that of a folder.
  status=0
  [ "$(is_on "$work/schemas")" = false ] || status=1
  told $status 'the inspector has no key'
  status=0
  [ "$(is_on "$work/plain")" = true ] || status=1
  told $status 'without the override it has one'
fi

# Units that never start exist by their name in systemd or in a package, and none of them is needed by the kiosk.
status=0
for unit in $(grep -v '^#' "$folder/masks"); do
  case $unit in parvis-* | seatd.service | dbus* | systemd-udev* | usbguard* | nftables*) echo "# $unit is needed"; status=1 ;; esac
  case $unit in *.service | *.socket | *.target | *.path) ;; *) echo "# $unit is no unit"; status=1 ;; esac
done
for unit in getty@.service autovt@.service serial-getty@.service console-getty.service debug-shell.service emergency.service \
  rescue.service ctrl-alt-del.target suspend.target hibernate.target swap.target systemd-coredump.socket; do
  grep -qxF "$unit" "$folder/masks" || { echo "# $unit is not masked"; status=1; }
done
told $status 'no other screen, no shell, no memory on a disk'

# The name alone switches SysRq on, whatever its value.
status=0
! grep -v '^#' "$folder/kernel-command-line" | grep -q 'sysrq_always_enabled' || status=1
for word in sysctl.kernel.sysrq=0 rd.shell=0 rd.emergency=reboot systemd.swap=no; do
  grep -qxF "$word" "$folder/kernel-command-line" || { echo "# the kernel is not told $word"; status=1; }
done
told $status 'what the kernel is told at its start'

# Rules of udev and of modprobe parse; a group that a rule names is made.
status=0
if udevadm verify --help >/dev/null 2>&1; then
  udevadm verify --no-style "$over"/usr/lib/udev/rules.d/*.rules >"$work/udev" 2>&1 || { sed 's/^/# /' "$work/udev"; status=1; }
else
  echo '# this udevadm cannot verify'
fi
for group in $(sed -n 's/.*GROUP="\([a-z-]*\)".*/\1/p' "$over"/usr/lib/udev/rules.d/*.rules | sort -u); do
  grep -q "^g $group " "$source/kiosk-config/units/sysusers.conf" || { echo "# nobody makes the group $group"; status=1; }
done
! grep -v '^#' "$over/usr/lib/modprobe.d/parvis-kiosk.conf" | grep -qvE '^install [a-z0-9_]+ /bin/false$' || status=1
told $status 'devices'

# Logins: what systemd makes of the file, in a root of its own.
if command -v systemd-sysusers >/dev/null && [ -r /usr/share/base-passwd/group.master ]; then
  mkdir -p "$work/root/etc"
  cp /usr/share/base-passwd/passwd.master "$work/root/etc/passwd"
  cp /usr/share/base-passwd/group.master "$work/root/etc/group"
  status=0
  systemd-sysusers --root="$work/root" "$source/kiosk-config/units/sysusers.conf" >"$work/sysusers" 2>&1 || status=1
  for login in parvis-session parvis-courier parvis-printer; do
    grep -q "^$login:.*:/usr/sbin/nologin$" "$work/root/etc/passwd" || { echo "# there is no $login"; status=1; }
  done
  # usbguard takes orders from the group plugdev; a socket in /run/parvis is not the sessions' to make.
  groups=$(sed -n 's/^\([a-z-]*\):.*[:,]parvis-session\(,.*\)*$/\1/p' "$work/root/etc/group" | sort | tr '\n' ' ')
  [ "$groups" = 'audio dialout parvis-reader scanner video ' ] || { echo "# parvis-session is in $groups"; status=1; }
  [ "$status" -eq 0 ] || sed 's/^/# /' "$work/sysusers"
  told $status "the sessions' login is in $groups"
fi
echo "1..$n"
