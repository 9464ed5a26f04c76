#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# firewall.sh SOURCE: who reaches what, with the shipped rules loaded into a network of the test's own: two namespaces and a cable
# between them. TAP. Needs root, nft, ip and unshare.
set -eu
source=$1 stage=${2-} work=${3-}
PATH=$PATH:/usr/sbin:/sbin
probe="/usr/bin/python3 $source/tests/lockdown/probe.py"

if [ -z "$stage" ]; then
  for program in nft ip unshare setpriv; do
    command -v $program >/dev/null || { echo "1..0 # SKIP no $program"; exit 0; }
  done
  [ "$(id -u)" -eq 0 ] && unshare -n true 2>/dev/null || { echo '1..0 # SKIP only root may make a network'; exit 0; }
  unshare -n nft list tables >/dev/null 2>&1 || { echo '1..0 # SKIP this kernel has no nftables'; exit 0; }
  work=$(mktemp -d -t parvis-firewall.XXXXXX)
  status=0
  unshare -n "$0" "$source" kiosk "$work" || status=$?
  rm -rf "$work"
  exit "$status"
fi

n=0 world=''
told () {
  n=$((n + 1))
  if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; fi
}
clean_up () {
  for pid in $world; do kill "$pid" 2>/dev/null || true; done
  wait
}
trap clean_up EXIT

# The logins need not exist here; their numbers do.
session=64001 courier=64002 printer=64003 fetcher=64004
mkdir "$work/firewall.d"
rules () {
  sed -e "s/\"parvis-session\"/$session/; s/\"parvis-courier\"/$courier/; s/\"parvis-printer\"/$printer/; s/\"parvis-settings\"/$fetcher/" \
    -e "s,/etc/parvis/firewall.d,$work/firewall.d," "$source/kiosk-config/lockdown/firewall.nft"
}
rules >"$work/rules"

# The other end of the cable: everything listens there, at two addresses.
unshare -n sleep 600 &
world=$!
there=$world
in_world () { nsenter -t "$there" -n "$@"; }
tries=0
until [ "$(readlink "/proc/$there/ns/net")" != "$(readlink /proc/self/ns/net)" ]; do
  tries=$((tries + 1))
  [ "$tries" -lt 100 ] || { echo 'Bail out! no second network'; exit 1; }
  sleep 0.05
done
ip link set lo up
ip link add cable type veth peer name cable netns "$there"
ip addr add 192.0.2.2/24 dev cable
ip -6 addr add 2001:db8::2/64 dev cable nodad
ip link set cable up
in_world ip link set lo up
in_world ip addr add 192.0.2.10/24 dev cable
in_world ip addr add 192.0.2.7/24 dev cable
in_world ip -6 addr add 2001:db8::10/64 dev cable nodad
in_world ip link set cable up
# shellcheck disable=SC2086 # a program and its script
nsenter -t "$there" -n $probe listen "$work/there" 22 25 80 443 631 3128 4444 8883 8885 9100 &
world="$world $!"
# shellcheck disable=SC2086
$probe listen "$work/here" 22 631 5353 8080 8883 8884 &
world="$world $!"
tries=0
until [ -e "$work/there" ] && [ -e "$work/here" ]; do
  tries=$((tries + 1))
  [ "$tries" -lt 600 ] || { echo 'Bail out! nobody listens'; exit 1; }
  sleep 0.1
done

# expect WHO UID WAY ADDRESS PORT WANTED
expect () {
  # shellcheck disable=SC2086
  got=$(setpriv --reuid="$2" --regid="$2" --clear-groups $probe "$3" "$4" "$5")
  status=0
  [ "$got" = "$6" ] || { echo "# it was \"$got\""; status=1; }
  told $status "$1, $3 $4 port $5: $6"
}

# A new cable carries IPv6 a moment later. What was learnt of neighbours is forgotten: the rules must let them be asked.
tries=0
# shellcheck disable=SC2086
until [ "$($probe connect 2001:db8::10 443)" = open ]; do
  tries=$((tries + 1))
  [ "$tries" -lt 100 ] || { echo 'Bail out! no IPv6'; exit 1; }
done
ip -6 neigh flush dev cable
expect 'without rules, a session' $session connect 192.0.2.10 443 open
expect 'without rules, a printer service' $printer connect 192.0.2.10 25 open

nft -c -f "$work/rules" 2>"$work/nft.err" && nft -f "$work/rules" || { sed 's/^/# /' "$work/nft.err"; echo 'Bail out! nft refuses the rules'; exit 1; }
# Loaded twice they are the same, and in force at once.
nft list ruleset | grep -v 'packets' >"$work/once"
nft -f "$work/rules"
nft list ruleset | grep -v 'packets' >"$work/twice"
status=0
cmp -s "$work/once" "$work/twice" || status=1
told $status 'loaded twice, the rules are the same'

while read -r who uid way address port wanted; do
  expect "$who" "$uid" "$way" "$address" "$port" "$wanted"
done <<TABLE
session $session connect 192.0.2.10 443 refused
session $session connect 2001:db8::10 443 refused
session $session connect 192.0.2.10 631 refused
session $session connect 127.0.0.1 631 refused
session $session connect ::1 8080 refused
session $session send 192.0.2.10 53 refused
session $session send 192.0.2.10 123 refused
courier $courier connect 192.0.2.10 443 open
courier $courier connect 192.0.2.10 8883 open
courier $courier connect 192.0.2.10 8885 open
courier $courier connect 2001:db8::10 443 open
courier $courier connect 192.0.2.10 80 refused
courier $courier connect 192.0.2.10 22 refused
courier $courier connect 192.0.2.10 631 refused
courier $courier connect 127.0.0.1 8080 refused
courier $courier connect 2001:db8::10 25 refused
courier $courier send 192.0.2.10 53 sent
courier $courier send 192.0.2.10 4444 refused
fetcher-of-settings $fetcher connect 192.0.2.10 443 open
fetcher-of-settings $fetcher connect 192.0.2.10 80 refused
fetcher-of-settings $fetcher connect 192.0.2.10 22 refused
printer $printer connect 192.0.2.7 631 open
printer $printer connect 127.0.0.1 631 open
printer $printer connect 192.0.2.7 443 refused
printer $printer connect 192.0.2.7 9100 refused
printer $printer connect 2001:db8::10 443 refused
printer $printer send 192.0.2.7 4444 refused
cups $(id -u lp) connect 192.0.2.7 631 open
cups $(id -u lp) connect 192.0.2.7 443 refused
another 64009 connect 192.0.2.10 443 refused
another 64009 connect 127.0.0.1 8080 open
updates $(id -u _apt) connect 192.0.2.10 80 open
updates $(id -u _apt) connect 192.0.2.10 25 refused
root 0 connect 192.0.2.10 443 open
root 0 connect 192.0.2.10 4444 refused
root 0 connect 192.0.2.7 631 open
root 0 connect 192.0.2.7 9100 refused
TABLE

# From outside.
from_world () {
  # shellcheck disable=SC2086
  got=$(in_world $probe connect "$1" "$2")
  status=0
  [ "$got" = "$3" ] || { echo "# it was \"$got\""; status=1; }
  told $status "from outside, $1 port $2: $3"
}
from_world 192.0.2.2 22 mute
from_world 192.0.2.2 631 mute
from_world 192.0.2.2 8884 mute
from_world 2001:db8::2 8080 mute

# As the README says: addresses, a proxy, and who looks after the kiosk.
sed -n '/^    flush set/,/^$/s/^    //p' "$source/kiosk-config/lockdown/README.md" >"$work/firewall.d/50-here.nft"
grep -q admin_hosts4 "$work/firewall.d/50-here.nft" || { echo 'Bail out! the README has no example'; exit 1; }
sed -i 's,192.0.2.64/28,192.0.2.10,' "$work/firewall.d/50-here.nft"
nft -f "$work/rules"
while read -r who uid way address port wanted; do
  expect "with addresses, $who" "$uid" "$way" "$address" "$port" "$wanted"
done <<TABLE
courier $courier connect 192.0.2.10 443 open
courier $courier connect 192.0.2.10 3128 open
courier $courier connect 192.0.2.7 443 refused
courier $courier connect 2001:db8::10 443 refused
printer $printer connect 192.0.2.7 631 open
printer $printer connect 192.0.2.10 631 refused
session $session connect 192.0.2.10 443 refused
TABLE
from_world 192.0.2.2 22 open
# The broker of the kiosk's own room, as its README says: by the mediators' door only.
sed -n 's,^ *\(add element inet parvis room_hosts4 {\) .*,\1 192.0.2.0/24 },p' "$source/kiosk-config/broker/README.md" >"$work/firewall.d/room.nft"
grep -q room_hosts4 "$work/firewall.d/room.nft" || { echo 'Bail out! the README of the broker has no example'; exit 1; }
nft -f "$work/rules"
from_world 192.0.2.2 8884 open
from_world 192.0.2.2 8883 mute
from_world 192.0.2.2 8080 mute
echo "1..$n"
