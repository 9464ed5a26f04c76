#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# setup-assistant.sh PROGRAMS SOURCE WALK: a kiosk without settings, set up on its own screen by touch alone, to its welcome screen.
#
# The real supervisor in the compositor, the real assistant, parvis-provision behind its socket as systemd starts it, and the portal
# of the demo. In the middle the kiosk loses its power.
set -eu
if [ "${4:-}" != inside ]; then
  for program in cage dbus-run-session setsid systemd-socket-activate setpriv; do
    command -v $program >/dev/null || { echo "skipped: $program is missing"; exit 77; }
  done
  # The assistant believes no network without a way out.
  awk '$2 == "00000000" && $3 != "00000000" { found = 1 } END { exit !found }' /proc/net/route ||
    { echo 'skipped: this machine has no network'; exit 77; }
  # A compositor refuses root, and so should a kiosk.
  as=''
  [ "$(id -u)" -ne 0 ] || as='setpriv --reuid=nobody --regid=nogroup --clear-groups --no-new-privs'
  # shellcheck disable=SC2086
  exec $as "$(dirname "$0")/../screens/with-display" dbus-run-session -- "$0" "$1" "$2" "$3" inside
fi
programs=$1 source=$2 walk=$3
unset GTK_A11Y LANGUAGE
work=$(mktemp -d -t parvis-setup.XXXXXX)
started=''
clean_up () {
  trap '' EXIT INT TERM HUP
  stop_kiosk
  # shellcheck disable=SC2086
  [ -z "$started" ] || kill $started 2>/dev/null || true
  wait || true
  rm -rf "$work"
}
kiosk=''
stop_kiosk () {
  [ ! -s "$work/kiosk.pid" ] || kill "$(cat "$work/kiosk.pid")" 2>/dev/null || true
  [ -z "$kiosk" ] || wait "$kiosk" || true
  rm -f "$work/kiosk.pid"
  kiosk=''
}
trap clean_up EXIT
trap 'exit 1' INT TERM HUP

fail () {
  printf 'FAILED: %s\n' "$*"
  for log in kiosk provision portal walk; do
    [ ! -s "$work/$log.log" ] || { echo "-- $log.log"; grep -vE "^(push button|label|panel) " "$work/$log.log" | tail -n 40; }
  done
  exit 1
}

log_lacks () { ! grep -qF "$1" "$work/kiosk.log" || fail "the log says: $1"; }

# start NAME COMMAND...
start () {
  name=$1
  shift
  setpriv --pdeathsig KILL "$@" >"$work/$name.log" 2>&1 &
  started="$! $started"
}

wait_for () {
  tries=0
  until [ -e "$1" ]; do
    tries=$((tries + 1))
    [ "$tries" -lt 300 ] || fail "$1 does not come"
    sleep 0.1
  done
}

# see: the lines of standard input are what canary-walk is to do; without leaks of its libraries being counted
see () {
  ASAN_OPTIONS=detect_leaks=0 "$walk" "$work" 1080 1920 20 >"$work/walk.log" 2>&1 || fail 'what was expected is not on the screen'
}

start portal "$programs/app/demo/parvis-demo" --state "$work/portal" --data "$source/app/demo" --ports-file "$work/ports" --access b:cle
wait_for "$work/ports"
port=$(sed -n 's/^PORTAL=//p' "$work/ports")

# A machine as its maker gave it: the layer vendor, which says nothing of a commune.
mkdir -p "$work/conf/vendor" "$work/conf/site" "$work/services" "$work/services-setup" "$work/state/setup" "$work/cache" \
  "$work/credstore" "$work/network" "$work/firewall"
"$programs/app/ctl/parvisctl" keygen outbox "$work" >/dev/null
cat >"$work/conf/vendor/10-package.conf" <<END
[accessibility]
bus=true
[touch]
debounce-ms=0
[paths]
runtime=$work/services
state=$work/state
cache=$work/cache
[outbox]
public-key-file=$work/outbox.pub
private-key-file=$work/outbox.key
END
cat >"$work/systemctl" <<END
#!/bin/sh
echo "\$*" >>"$work/systemctl.log"
END
chmod 755 "$work/systemctl"
provision () {
  echo "$programs/app/kiosk/provision/parvis-provision" --config "$work/conf" --ctl-program "$programs/app/ctl/parvisctl" \
    --systemctl-program "$work/systemctl" --credstore "$work/credstore" --network-folder "$work/network" \
    --firewall-folder "$work/firewall" "$1"
}
$(provision begin) 2>"$work/provision.log" || fail 'parvis-provision does not begin'
[ -e "$work/services-setup/wanted" ] || fail 'no first start is wanted'
# shellcheck disable=SC2046
start provision systemd-socket-activate --accept --inetd --listen="$work/services-setup/provision.sock" \
  -E ASAN_OPTIONS="${ASAN_OPTIONS:-}" $(provision answer)

cat >"$work/kiosk" <<END
#!/bin/sh
echo \$\$ >"$work/kiosk.pid"
exec "$programs/app/kiosk/supervisor/parvis" --config "$work/conf" --session-program "$programs/app/kiosk/session/parvis-session" \\
  --setup-program "$programs/app/kiosk/session/parvis-setup"
END
chmod 755 "$work/kiosk"
start_kiosk () {
  PV_CARD_PROGRAM=$programs/app/kiosk/card/parvis-card WLR_BACKENDS=x11 WLR_RENDERER=pixman WLR_XWAYLAND=/bin/false GDK_BACKEND=wayland \
    cage -d -- "$work/kiosk" >>"$work/kiosk.log" 2>&1 &
  kiosk=$!
}

echo '# Network and portal'
start_kiosk
see <<END
program|parvis-setup
wait|Cette borne est neuve
touch|Commencer
touch-start|Toute seule
wait-start|Le réseau marche
touch|Continuer
touch-start|Directement
wait|Quelle est l’adresse du portail ?
tap|http://127.0.0.1:$port
touch|Continuer
wait|Comment s’appelle l’accès ?
tap|b
touch|Continuer
wait|Quelle est la clé de cet accès ?
tap|cle
touch|Continuer
wait-start|Le portail répond
touch|Continuer
wait|Comment s’appelle la commune ?
END
[ "$(stat -c %a "$work/credstore/portal-key")" = 600 ] || fail 'the key of the portal is for everybody'
! grep -rqF cle "$work/state/setup" || fail 'the key lies among the answers'

echo '# The power goes, and comes again'
stop_kiosk
$(provision begin) 2>>"$work/provision.log"
start_kiosk
see <<END
program|parvis-setup
wait|Ce qui a déjà été fait est gardé.
touch|Reprendre
wait|Comment s’appelle la commune ?
tap|montclair
touch|Continuer
wait|Où se trouve la borne ?
touch|Continuer
wait|Quel numéro les habitants peuvent-ils appeler ?
touch|Continuer
touch-start|Sans imprimante
wait|Posez une carte bancaire sur le dessin
touch|Plus grand
touch|Plus petit
touch|La carte le couvre
wait|À quelle hauteur du sol commence l’image ?
tap|180
touch|Continuer
wait-start|C’est trop haut pour un fauteuil
END
log_lacks session-crashed
stop_kiosk
start_kiosk
see <<END
program|parvis-setup
touch|Reprendre
touch|La carte le couvre
wait|À quelle hauteur du sol commence l’image ?
tap|75
touch|Continuer
choose|1
choose|2
choose|3
choose|4
choose|5
touch|Continuer
touch|Continuer sans le son
touch|Continuer sans lecteur
wait|Tout est prêt
touch|Ouvrir la borne
program|parvis-session
wait|Touchez pour commencer
END
[ ! -e "$work/services-setup/wanted" ] || fail 'a first start is still wanted'
[ ! -e "$work/state/setup/answers" ] || fail 'the answers are still there'
[ -e "$work/state/setup/done" ] || fail 'nothing says that a first start was finished'
"$programs/app/ctl/parvisctl" --config "$work/conf" settings check || fail 'the settings are wrong'
grep -qix 'name=montclair' "$work/conf/site/50-first-start.conf" || fail 'the commune is not in the settings'

echo '# Never again'
rm "$work/conf/site/50-first-start.conf"
$(provision begin)
[ ! -e "$work/services-setup/wanted" ] || fail 'a first start is wanted once more'
echo 'The kiosk was set up on its own screen.'
