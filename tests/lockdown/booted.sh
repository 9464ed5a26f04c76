#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# booted.sh SOURCE PREFIX: the units of the kiosk as shipped under a real systemd, in a container (container.sh). The compositor has no
# screen there; all else is as shipped. TAP. Needs root.
set -eu
source=$1 prefix=$2 stage=${3-} work=${4-}
PATH=$PATH:/usr/sbin:/sbin
root=$work/root words="$source $prefix"
# shellcheck source=tests/lockdown/container.sh
. "$source/tests/lockdown/container.sh"

if [ -z "$stage" ]; then
  needed='cage seatd nft systemd-sysusers'
  run_in_container "$source" "$prefix"
fi

if [ "$stage" = may ]; then
  mount_root
  exit 0
fi

if [ "$stage" = make ]; then
  mount_root
  over=$source/kiosk-config
  mkdir -p "$root/usr/libexec/parvis" "$root/usr/share/parvis" "$root/etc/parvis/conf.d" "$root/etc/credstore" "$root/out"
  mount --bind "$work/out" "$root/out"
  install -m 755 "$PV_SUPERVISOR_PROGRAM" "$PV_CTL_PROGRAM" "$root/usr/bin/"
  install -m 755 "$PV_SESSION_PROGRAM" "$PV_COURIER_PROGRAM" "$PV_PRINTER_PROGRAM" "$PV_CARD_PROGRAM" "$PV_DECODE_PROGRAM" \
    "$root/usr/libexec/parvis/"
  cp -r "$over/lockdown" "$root/usr/share/parvis/"
  # Where the build looks for its data and programs, if it was not made for /usr.
  if [ "$prefix" != /usr ]; then
    mkdir -p "$root$prefix/share/parvis" "$root$prefix/libexec"
    ln -sfn /usr/libexec/parvis "$root$prefix/libexec/parvis"
  fi
  cp -r "$source/resources/." "$root$prefix/share/parvis/"
  cp "$over"/units/*.service "$root/etc/systemd/system/"
  cp "$over/units/sysusers.conf" "$root/usr/lib/sysusers.d/parvis.conf"
  cp "$over/units/tmpfiles.conf" "$root/usr/lib/tmpfiles.d/parvis.conf"
  cp "$over/units/05-kiosk.conf" "$over"/demo.conf.d/* "$root/etc/parvis/conf.d/"
  mkdir -p "$root/usr/share/parvis/broker"
  cp "$over/broker/room.conf" "$root/usr/share/parvis/broker/"
  (umask 077 && chroot "$root" parvisctl keygen outbox /etc/credstore >/dev/null)
  cat >"$root/etc/parvis/conf.d/90-machine.conf" <<'SETTINGS'
[portal]
mode=relay
url=http://127.0.0.1:9
[outbox]
private-key-file=$CREDENTIALS_DIRECTORY/outbox.key
public-key-file=/etc/parvis/outbox.pub
[printer]
uri=ipp://127.0.0.1:631/ipp/print
[speech]
engine=none
[accessibility]
bus=false
SETTINGS
  mv "$root/etc/credstore/outbox.pub" "$root/etc/parvis/"
  chmod -R a+rX "$root/etc/parvis" "$root$prefix/share/parvis" "$root/usr/libexec/parvis"
  # No screen, and a shorter wait than the shipped one of 60 s.
  mkdir "$root/etc/systemd/system/parvis-kiosk.service.d"
  printf '[Service]\nEnvironment=WLR_BACKENDS=headless\nWatchdogSec=20\n' >"$root/etc/systemd/system/parvis-kiosk.service.d/test.conf"
  # What somebody would set to get in: for the screen by the machine's owner, whatever the unit says against it.
  cat >"$root/etc/systemd/system/parvis-kiosk.service.d/open.conf" <<'OPEN'
[Service]
Environment=GTK_DEBUG=interactive GDK_DEBUG=misc GSK_DEBUG=all G_DEBUG=all G_MESSAGES_DEBUG=all WAYLAND_DEBUG=1
Environment=GTK_PATH=/nowhere GTK_MODULES=x GTK_THEME=x GTK_IM_MODULE=x GIO_MODULE_DIR=/nowhere GIO_EXTRA_MODULES=/nowhere
Environment=LD_PRELOAD=/nowhere.so LD_LIBRARY_PATH=/nowhere PV_DATA_DIR=/nowhere PV_CARD_PROGRAM=/bin/sh
Environment=DBUS_SESSION_BUS_ADDRESS=unix:path=/nowhere AT_SPI_BUS_ADDRESS=unix:path=/nowhere DISPLAY=:77
OPEN
  # The same walls around another program: a shell, and one of the kiosk's own that is asked what it can reach.
  sed '/^ExecStart=/d; /^Restart/d; s/^Type=.*/Type=exec/; /^WatchdogSec/d; s,^\[Service\],&\nExecStart=/usr/bin/sh -c true,' \
    "$over/units/parvis-kiosk.service" >"$root/etc/systemd/system/probe-shell.service"
  enter_container seatd.service parvis-firewall.service parvis-courier.service parvis-printer.service parvis-kiosk.service
fi

# ---- inside, as a service of that systemd
exec >/out/tap 2>/out/errors
restarts () { systemctl show -p NRestarts --value parvis-kiosk.service; }
process () { systemctl show -p ControlGroup --value "parvis-$1.service" | xargs -I GROUP cat /sys/fs/cgroup/GROUP/cgroup.procs |
  while read -r pid; do [ "$(cat "/proc/$pid/comm")" != "$2" ] || { echo "$pid"; break; }; done; }
has_restarted () { [ "$(restarts)" -gt "$1" ] && is_active parvis-kiosk.service; }
network () { readlink "/proc/$1/ns/net"; }
uptime_s () { cut -d ' ' -f 1 /proc/uptime; }

for unit in seatd parvis-firewall parvis-courier parvis-printer parvis-kiosk; do
  holds "$unit runs" within 90 is_active $unit.service
done
supervisor=$(process kiosk parvis) session=$(process kiosk parvis-session)
courier=$(process courier parvis-courier) printer=$(process printer parvis-printer)
for pair in "supervisor $supervisor parvis-session" "session $session parvis-session" "courier $courier parvis-courier" \
  "printer $printer parvis-printer"; do
  # shellcheck disable=SC2086 # three words
  set -- $pair
  holds "the $1 is $3, without a capability, and its calls are filtered" sh -c \
    "[ \"\$(stat -c %U /proc/$2)\" = $3 ] && grep -q '^CapEff:.0000000000000000' /proc/$2/status && grep -q '^Seccomp:.2' /proc/$2/status &&
     grep -q '^NoNewPrivs:.1' /proc/$2/status && grep -q '^Max core file size *0 *0 ' /proc/$2/limits"
done
holds 'a session has no network but its own loopback' sh -c \
  "[ '$(network "$session")' != '$(network self)' ] && [ \"\$(nsenter -t $session -n ip -o link | wc -l)\" -eq 1 ]"
holds 'courier and printer service have the network of the machine' sh -c \
  "[ '$(network "$courier")' = '$(network self)' ] && [ '$(network "$printer")' = '$(network self)' ]"
# What each sees is looked at from outside, as root, for whom permissions would be no bar.
holds 'the courier has the key, and nobody else' sh -c \
  "[ -s /proc/$courier/root/run/credentials/parvis-courier.service/outbox.key ] && [ -s /etc/credstore/outbox.key ] &&
   [ ! -e /proc/$session/root/etc/credstore/outbox.key ] && [ ! -e /proc/$printer/root/etc/credstore/outbox.key ] &&
   [ ! -e /proc/$courier/root/etc/credstore/outbox.key ]"
holds 'neither session nor printer service see the outbox' sh -c \
  "[ -d /proc/$courier/root/var/lib/parvis/outbox ] && [ ! -e /proc/$session/root/var/lib/parvis/outbox ] &&
   [ -z \"\$(ls /proc/$printer/root/var/lib/parvis/outbox)\" ]"
holds 'a session writes nowhere but where it runs, whoever it is' sh -c \
  "for f in etc var var/cache/parvis usr home; do ! touch /proc/$session/root/\$f/x 2>/dev/null || exit 1; done
   touch /proc/$session/root/run/parvis-kiosk/x"
environment () { tr '\0' '\n' <"/proc/$1/environ"; }
lacks () { ! environment "$1" | grep -E "^($2)="; }
has () { environment "$1" | grep -qxF "$2"; }
for pair in "supervisor $supervisor" "session $session"; do
  # shellcheck disable=SC2086 # two words
  set -- $pair
  holds "variables that switch things on do not reach the $1" \
    lacks "$2" 'GTK_DEBUG|GDK_DEBUG|GSK_DEBUG|G_DEBUG|G_MESSAGES_DEBUG|WAYLAND_DEBUG|GTK_THEME|GTK_IM_MODULE'
  holds "foreign code does not reach the $1" \
    lacks "$2" 'LD_PRELOAD|LD_LIBRARY_PATH|GTK_PATH|GTK_MODULES|GIO_MODULE_DIR|GIO_EXTRA_MODULES|PV_[A-Z_]*_PROGRAM|PV_DATA_DIR'
  holds "the $1 has no bus to call" lacks "$2" 'DBUS_SESSION_BUS_ADDRESS|AT_SPI_BUS_ADDRESS'
  holds "settings of the $1 are in memory" has "$2" GSETTINGS_BACKEND=memory
  holds "the $1 is at home in memory" sh -c \
    "tr '\\0' '\\n' </proc/$2/environ | grep -qx HOME=/run/parvis-kiosk && [ \"\$(stat -f -c %T /proc/$2/root/run/parvis-kiosk)\" = tmpfs ]"
done
holds 'nothing below the home of the session names a file that was opened' sh -c \
  "[ -z \"\$(find /run/parvis-kiosk -name '*recent*' -o -name '*.xbel')\" ]"
holds 'nobody else reaches the compositor' sh -c \
  'ls /run/parvis-kiosk | grep -q ^wayland- && for login in parvis-courier parvis-printer nobody; do
     ! runuser -u $login -- ls /run/parvis-kiosk >/dev/null 2>&1 || exit 1
   done'
# cage opens the door of an X server, and starts one when somebody knocks: here /bin/false.
calls_x () {
  for door in "/proc/$session/root"/*/.X11-unix/X*; do
    [ ! -S "$door" ] || timeout 3 openssl s_client -unix "$door" </dev/null >/dev/null 2>&1 || true
  done
  ! cat /proc/[0-9]*/comm 2>/dev/null | grep -qi xwayland && is_active parvis-kiosk.service
}
holds 'no X server runs beside the compositor, whoever knocks' calls_x
limit=/sys/fs/cgroup$(systemctl show -p ControlGroup --value parvis-kiosk.service)/memory.swap.max
if [ -e "$limit" ]; then
  holds 'nothing of the screen is swapped: the kernel says so' grep -qx 0 "$limit"
else
  echo "# this kernel gives a container no account of memory"
  holds 'nothing of the screen is swapped: systemd says so' sh -c '[ "$(systemctl show -p MemorySwapMax --value parvis-kiosk.service)" = 0 ]'
fi
holds 'the sockets are there, each its owner'\''s' sh -c \
  '[ "$(stat -c %U /run/parvis/courier.sock)" = parvis-courier ] && [ "$(stat -c %U /run/parvis/printer.sock)" = parvis-printer ]'
holds 'the firewall is loaded' sh -c 'nft list table inet parvis | grep -q parvis-courier'

# The broker of the kiosk's own room, by the lines of its README.
room () { openssl s_client -connect "127.0.0.1:$1" -CAfile "/run/enrolled/$2/brokers.pem" -cert "/run/enrolled/$2/broker-client.pem" \
  -key "/run/enrolled/$2/broker-client.key" -verify_return_error -verify_hostname borne.example </dev/null 2>&1; }
systemctl start parvis-room.service 2>/dev/null || true
holds 'without its certificates there is no broker on the kiosk' sh -c '! systemctl is-active --quiet parvis-room.service'
mkdir -p /run/enrolled /etc/parvis/room
(cd /run/enrolled && parvisctl enrol root root Montclair && parvisctl enrol broker root borne.example room &&
  parvisctl enrol kiosk root 22050 'Borne 1' 'Mairie' borne-1) >/dev/null
(umask 077 && mv /run/enrolled/room/broker.key /etc/credstore/room-broker.key)
install -m 644 /run/enrolled/room/* "$source"/kiosk-config/broker/acl.* /etc/parvis/room/
systemctl start parvis-room.service 2>/dev/null || true
holds 'with them it runs, under a login of its own' within 20 sh -c \
  'systemctl is-active --quiet parvis-room.service && [ "$(stat -c %u "/proc/$(systemctl show -p MainPID --value parvis-room.service)")" -ge 61184 ]'
says_hello () { room 8883 borne-1 | grep -q 'Verify return code: 0'; }
holds 'and the kiosk comes in by its door' within 20 says_hello

systemctl start probe-shell.service 2>/dev/null || true
holds 'a shell does not start within the walls of the screen (203, EXEC)' sh -c \
  '[ "$(systemctl show -p ExecMainStatus --value probe-shell.service)" -eq 203 ]'

journalctl --no-pager -o cat -u 'parvis-*' >/out/journal 2>&1 || true
holds 'no session crashed' sh -c '! grep -q session-crashed /out/journal'

before=$(restarts) began=$(uptime_s)
kill -STOP "$supervisor"
holds 'a supervisor that hangs: systemd ends the unit, and the next session has painted' within 60 has_restarted "$before"
awk -v a="$began" -v b="$(uptime_s)" 'BEGIN { printf "# {\"name\": \"from the hang of the supervisor to the next first frame, under systemd\", \"value\": %.1f, \"unit\": \"s\"}\n", b - a }'
before=$(restarts) began=$(uptime_s)
kill -KILL "$(systemctl show -p MainPID --value parvis-kiosk.service)"
holds 'a compositor that dies: the next session has painted' within 40 has_restarted "$before"
awk -v a="$began" -v b="$(uptime_s)" 'BEGIN { printf "# {\"name\": \"from the death of the compositor to the next first frame, under systemd\", \"value\": %.1f, \"unit\": \"s\"}\n", b - a }'
journalctl --no-pager -o cat -u 'parvis-*' >/out/journal 2>&1 || true
echo "1..$n"
systemctl poweroff --force --force
