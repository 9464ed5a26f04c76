#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# relay-booted.sh SOURCE: the relay set up as kiosk-config/relay/README.md says, on a machine of its own: a container with a real systemd,
# Debian's unit of nginx, and the portal of the demo. Its keys are a credential. What changes is read as it is there. TAP. Needs root.
set -eu
source=$1 stage=${2-} work=${3-}
PATH=$PATH:/usr/sbin:/sbin
root=$work/root words=$source
# shellcheck source=tests/lockdown/container.sh
. "$source/tests/lockdown/container.sh"

if [ -z "$stage" ]; then
  needed='nginx curl openssl'
  [ -e /usr/lib/nginx/modules/ngx_http_js_module.so ] || { echo '1..0 # SKIP nginx has no njs'; exit 0; }
  run_in_container "$source"
fi

if [ "$stage" = may ]; then
  mount_root
  exit 0
fi

if [ "$stage" = make ]; then
  mount_root
  mkdir -p "$root/out" "$root/etc/parvis-relay" "$root/usr/share/parvis/relay"
  mount --bind "$work/out" "$root/out"
  relay=$source/kiosk-config/relay
  install -m 755 "$PV_DEMO_PROGRAM" "$PV_CTL_PROGRAM" "$root/usr/bin/"
  cp "$relay"/*.js "$root/etc/parvis-relay/"
  cp -r "$relay/page" "$root/usr/share/parvis/relay/"
  cp "$relay/parvis-relay.conf" "$root/etc/tmpfiles.d/"
  cp "$relay"/*.service "$relay"/*.path "$relay"/*.timer "$root/etc/systemd/system/"
  rm -f "$root/etc/nginx/sites-enabled/default"
  sed 's#/etc/parvis-relay/keys.json#/run/credentials/nginx.service/relay-keys#' "$relay/nginx.conf" \
    >"$root/etc/nginx/conf.d/parvis-relay.conf"
  mkdir -p "$root/etc/systemd/system/nginx.service.d" "$root/etc/credstore"
  printf '[Service]\nLoadCredential=relay-keys:/etc/credstore/relay-keys\n' >"$root/etc/systemd/system/nginx.service.d/keys.conf"
  enter_container basic.target
fi

# ---- inside, as a service of that systemd
exec >/out/tap 2>/out/errors
kiosks=https://bornes.relais.montclair.example phones=https://relais.montclair.example
etc=/etc/parvis-relay

# The portal, and two kiosks of one commune; the root is on this machine for the test alone.
cd /root
systemd-run --quiet --unit=portal parvis-demo --state /run/demo --data "$source/app/demo" --ports-file /run/ports
parvisctl enrol root ca Montclair >/dev/null
for name in one two; do parvisctl enrol kiosk ca 22050 "Borne $name" "Mairie" "$name" >/dev/null; done
for door in phones kiosks; do
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout $etc/$door.key -out $etc/$door.pem -days 2 -subj /CN=relay \
    -addext 'subjectAltName=DNS:relais.montclair.example,DNS:bornes.relais.montclair.example' 2>/dev/null
done
cp ca/kiosks.pem $etc/kiosks-ca.pem
cp ca/kiosks.crl $etc/kiosks.crl
within 30 test -s /run/ports
portal=http://127.0.0.1:$(sed -n 's/^PORTAL=//p' /run/ports)
printf '{"22050": {"authority": "Montclair, kiosks", "portal": {"url": "%s", "orig": "relais"}}}\n' "$portal" >$etc/communes.json
key () { (umask 077 && printf '{"22050": {"portal": "%s"}}\n' "$1" >/etc/credstore/relay-keys); }
key cle-de-demonstration-du-relais

# as KIOSK PATH: status and answer
as () {
  curl --silent --max-time 20 --cacert $etc/kiosks.pem --resolve bornes.relais.montclair.example:443:127.0.0.1 \
    --cert "$1/broker-client.pem" --key "$1/broker-client.key" --write-out ' %{http_code}\n' "$kiosks$2"
}
serves () { as "$1" /api/formdefs/ | grep -q 'inscription-scolaire.* 200$'; }
refuses () { as "$1" /api/formdefs/ | grep -q "$2.* 403\$"; }

systemd-tmpfiles --create
systemctl daemon-reload
systemctl enable --now --quiet parvis-relay-tidy.timer parvis-relay-reload.path
holds 'nginx starts with what the README has an operator put there' sh -c 'systemctl restart nginx && systemctl is-active --quiet nginx'
holds 'the page of health finds nothing wrong' sh -c \
  'curl --silent http://127.0.0.1:8480/health | grep -q "\"status\":\"ok\",\"communes\":1,\"faults\":\[\]"'
holds 'a kiosk is served with the key that is a credential' serves one
holds 'the key is for root alone, and no file of the configuration has it' sh -c \
  '[ "$(stat -c "%U %a" /run/credentials/nginx.service/relay-keys | cut -d " " -f 1)" = root ] &&
   ! runuser -u www-data -- cat /run/credentials/nginx.service/relay-keys 2>/dev/null && ! grep -rq cle-de-demonstration /etc/nginx /etc/parvis-relay'
holds 'who has no certificate is told so' sh -c \
  "curl --silent --cacert $etc/kiosks.pem --resolve bornes.relais.montclair.example:443:127.0.0.1 $kiosks/api/formdefs/ | grep -q relay-certificate"
holds 'a phone sees the page' sh -c \
  "curl --silent --fail --cacert $etc/phones.pem --resolve relais.montclair.example:443:127.0.0.1 $phones/d | grep -q '<script'"

holds 'before it is taken out, the other kiosk is served' serves two
parvisctl enrol revoke ca two/broker-client.pem >/dev/null
cp ca/kiosks.crl $etc/kiosks.crl
holds 'a list that was copied there is read by itself: that kiosk is refused' within 30 refuses two relay-certificate
holds 'and the other is served' serves one

mkdir -p /run/parvis-relay/drop
touch -d '11 minutes ago' /run/parvis-relay/drop/0123456789abcdef0123456789abcdef
touch /run/parvis-relay/drop/fedcba9876543210fedcba9876543210
systemctl start parvis-relay-tidy.service
holds 'what nobody took for ten minutes is removed, and nothing else' sh -c \
  '[ "$(ls /run/parvis-relay/drop)" = fedcba9876543210fedcba9876543210 ]'

# A key that is a credential is read when nginx starts, not when it is reloaded: the README says so.
key another-key
systemctl reload nginx
holds 'another key in the credential does not count after a reload' within 20 serves one
systemctl restart nginx
holds 'it does after a restart' within 20 refuses one relay-key
key cle-de-demonstration-du-relais
systemctl restart nginx
holds 'and so does the right one again' within 20 serves one
holds 'nobody who was served is in the log of nginx by address or query' sh -c \
  'grep -q "22050 [0-9a-f]* [a-z]* 200" /var/log/nginx/parvis-relay.log && ! grep -rq "127\.0\.0\.1\|signature=" /var/log/nginx/parvis-relay.log'
journalctl --no-pager -o cat >/out/journal 2>&1 || true
echo "1..$n"
systemctl poweroff --force --force
