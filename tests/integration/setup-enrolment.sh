#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# setup-enrolment.sh PROGRAMS SOURCE: a kiosk gets what a platform prepared, by a code, from a plain web server; then it has what it
# needs, and nothing is left of the rest. The relay is the demo's.
set -eu
PATH=$PATH:/usr/sbin
programs=$1 source=$2
[ -x /usr/bin/python3 ] || { echo 'skipped: python3 is missing'; exit 77; }
work=$(mktemp -d -t parvis-enrolment.XXXXXX)
started=''
clean_up () {
  trap '' EXIT INT TERM HUP
  # shellcheck disable=SC2086
  [ -z "$started" ] || kill $started 2>/dev/null || true
  wait || true
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 1' INT TERM HUP
fail () {
  printf 'FAILED: %s\n' "$*"
  cat "$work"/*.log
  exit 1
}
wait_for () {
  tries=0
  until [ -s "$1" ]; do
    tries=$((tries + 1))
    [ "$tries" -lt 300 ] || fail "$1 does not come"
    sleep 0.1
  done
}
ctl=$programs/app/ctl/parvisctl
"$programs/app/demo/parvis-demo" --state "$work/portal" --data "$source/app/demo" --ports-file "$work/ports" >"$work/portal.log" 2>&1 &
started=$!
wait_for "$work/ports"
relay=$(sed -n 's/^RELAY=//p' "$work/ports")

# The platform.
"$ctl" enrol root "$work/root" Montclair >/dev/null
"$ctl" enrol kiosk "$work/root" 22050 'Borne 1' 'Mairie, hall' "$work/kiosk" >/dev/null
cat >"$work/kiosk/settings.conf" <<END
[commune]
name=Montclair
[portal]
mode=relay
url=http://127.0.0.1:$relay
client-cert-file=\$CREDENTIALS_DIRECTORY/kiosk.pem
client-key-file=\$CREDENTIALS_DIRECTORY/kiosk.key
[assist]
ca-file=\$SETTINGS_DIRECTORY/brokers.pem
[printer]
uri=ipp://192.0.2.1/ipp/print
END
mkdir "$work/web" "$work/web-old"
"$ctl" enrol seal --days 3 "$work/kiosk" "$work/web" >"$work/seal.log"
code=$(tail -n 1 "$work/seal.log")
ls "$work/web" | grep -qE '^[0-9a-f]{32}\.pve$' || fail 'the file is not called as it should be'
! grep -qF 'BEGIN' "$work"/web/*.pve || fail 'a key can be read in it'
(cd "$work/web" && exec /usr/bin/python3 -u -m http.server --bind 127.0.0.1 0) >"$work/web.log" 2>&1 &
started="$! $started"
wait_for "$work/web.log"
port=$(sed -n 's/^Serving HTTP on 127.0.0.1 port \([0-9]*\).*/\1/p' "$work/web.log")

# The kiosk.
mkdir -p "$work/conf/vendor" "$work/conf/site" "$work/services-setup" "$work/state/setup" "$work/credstore" "$work/network" "$work/firewall"
printf '[paths]\nruntime=%s/services\nstate=%s/state\n' "$work" "$work" >"$work/conf/vendor/10.conf"
printf '#!/bin/sh\n' >"$work/systemctl"
chmod 755 "$work/systemctl"
provision () {
  "$programs/app/kiosk/provision/parvis-provision" --config "$work/conf" --ctl-program "$ctl" --systemctl-program "$work/systemctl" \
    --credstore "$work/credstore" --network-folder "$work/network" --firewall-folder "$work/firewall" "$1" 2>>"$work/provision.log"
}
provision begin
# ask EXPECTED VERB [NAME=VALUE...]
ask () {
  expected=$1
  shift
  line=$1
  shift
  for word in "$@"; do line=$line'	'$word; done
  said=$(printf '%s\n' "$line" | provision answer)
  [ "$said" = "$(printf '%b' "$expected")" ] || fail "$line: $said"
  echo "ok: $line"
}
ask 'no\tno-code' relay "server=http://127.0.0.1:$port" 'code=BCDF GHJK LMNP QRST VWXS'
ask 'no\trefused' relay "server=http://127.0.0.1:$port" 'code=BCDF GHJK LMNP QRST VWXZ'
ask 'no\toffline' relay 'server=http://127.0.0.1:9' "code=$code"
cp "$work"/web/*.pve "$work/web-old/"
for file in "$work"/web/*.pve; do printf 'x' | dd of="$file" bs=1 seek=60 conv=notrunc 2>/dev/null; done
ask 'no\tbroken' relay "server=http://127.0.0.1:$port" "code=$code"
cp "$work"/web-old/*.pve "$work/web/"
[ -z "$(ls "$work/credstore")" ] || fail 'keys are there before anything was proved'
said=$(printf 'relay\tserver=http://127.0.0.1:%s\tcode=%s\n' "$port" "$code" | provision answer)
printf '%s' "$said" | grep -qE '^ok	[1-9][0-9]*	commune=Montclair$' || fail "the relay: $said"
[ "$(stat -c %a "$work/credstore/kiosk.key")" = 600 ] || fail 'the key is for everybody'
cmp -s "$work/credstore/kiosk.key" "$work/kiosk/broker-client.key" || fail 'it is another key'
! grep -rqF "$code" "$work/state" || fail 'the code lies among the answers'
printf 'network=automatic\n' >>"$work/state/setup/answers" # as if it had been proved
ask ok commune commune=Montclair place=Mairie phone=
# A page comes out of a real printer of IPP, or it is said why not.
if command -v ippeveprinter >/dev/null && command -v ipptool >/dev/null; then
  "$source/kiosk-config/virtual-printer" "$work/paper" >"$work/paper.log" 2>&1 &
  started="$! $started"
  wait_for "$work/paper/uri"
  uri=$(cat "$work/paper/uri")
  ask 'no\tno-printer' page printer=uri target=ipp://127.0.0.1:9/ipp/print paper=roll-80mm
  ask ok page printer=uri "target=$uri" paper=roll-80mm
  [ -n "$(ls "$work/paper/documents")" ] || fail 'nothing was printed'
  echo 'no toner' >"$work/paper/control/fail"
  ask 'no\tnot-printed' page printer=uri "target=$uri" paper=roll-80mm
  rm "$work/paper/control/fail"
  ask ok printer printer=uri "target=$uri" paper=roll-80mm
  ask ok receipt
fi
ask ok printer printer=none
ask ok screen diagonal=610 height=750
ask ok sound sound=no
ask ok reader reader=no
ask ok finish
"$ctl" --config "$work/conf" settings check >"$work/check.log" || fail 'the settings are wrong'
grep -qx 'enabled=false' "$work/conf/site/50-first-start.conf" || fail 'the printer of the enrolment is still there'
cmp -s "$work/conf/site/brokers.pem" "$work/kiosk/brokers.pem" || fail 'what is public of it is not beside the settings'
[ "$(cd "$work/state/setup" && echo *)" = done ] || fail 'something is left of the first start'
[ ! -e "$work/services-setup/trial-keys" ] || fail 'keys are left in the trial'
echo 'A code was enough.'
