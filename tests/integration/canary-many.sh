#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# canary-many.sh BUILD SOURCE PREFIX SCAN WALK: after many citizens, one after the other, nothing of them is in any log, in any
# file, in any process, or in the support bundle. 200 with PV_TEST_FULL=1, else 3; PV_CANARY_SESSIONS sets another number,
# PV_CANARY_SECONDS after how long nobody comes any more.
#
# One stage for all of them: the kiosk with every debugging message on, the demo's portal and printer, a CUPS of its own that
# keeps documents, the broker of the assistance, a second broker beside it, and the relay that is shipped, in a real nginx with njs,
# through which the kiosk reaches the portal.
# Of ten citizens five file, print and say goodbye, three file and take no paper, the session of one crashes while something is
# typed, and that of one is killed while they call a mediator.
#
# Each types words of their own between a beginning and an end that are those of the run: so the search for them all is one
# search. Beside each session somebody puts a document at the relay whose address, headers and body hold such words, as no real
# page does: what the relay writes down must not hold them. For each place that is searched, words planted there must be found.
#
# PV_CANARY_SEED repeats the words of a run.
set -eu
build=$1 source=$2 prefix=$3 scan=$4 walk=$5
for program in mosquitto nginx cupsd curl; do
  if ! PATH=$PATH:/usr/sbin command -v $program >/dev/null; then
    echo "skipped: $program is missing"
    exit 77
  fi
done
sessions=${PV_CANARY_SESSIONS-}
if [ -z "$sessions" ]; then
  sessions=3
  [ "${PV_TEST_FULL-}" != 1 ] || sessions=200
fi
# shellcheck disable=SC2034 # of the rig
has_cups=true stage_seconds=7200
# shellcheck source=tests/integration/canary-rig.sh
. "$source/tests/integration/canary-rig.sh"

# Seven times faster than a person: the settings below let the kiosk take that.
# shellcheck disable=SC2034 # of the rig
hurry=7

install_build
# Two questions: a text and an address.
jq '.fields |= map(select(.id | IN("1", "4", "11", "13", "15"))) | .fields |= map(if .id == "13" then .condition = null else . end)' \
  "$source/app/demo/procedures/signalement-rue.json" >"$work/commune/procedures/signalement-rue.json"
set_the_stage
printf '[touch]\ndebounce-ms=0\n' >"$work/kiosk-config/demo.conf.d/95-hurry.conf"
# What a release to come might have left: it must still be there at the end, byte for byte.
mkdir -p "$work/run/state/outbox"
printf 'PVOB\002\002\000\000of a later release' >"$work/run/state/outbox/BCDFGHJKLM.filing"
cp "$work/run/state/outbox/BCDFGHJKLM.filing" "$aside/later"
[ "$(id -u)" -ne 0 ] || chown -R nobody "$work/run/state"
start_stage yes yes
wait_until 60 'no second session' has_two_sessions

# ---- the words of this run

first=$(random first 12 $letters) last=$(random last 12 $letters)
user=$(random user 12 $letters) host=$(random host 12 $letters)
url=$(random url 12 $letters) header=$(random header 12 $letters) body=$(random body 12 $letters)
printf '%s\n' "$first$last" "$user$host" "$url$first" "$header$first" "$body$first" >"$aside/words"

# ---- the second broker: that of presence and health, with the rules of the first. In this run nobody publishes there.

room=$work/run/room
fleet_port=$(sed -n 's/^broker-port=//p' "$work/run/conf.d/90-machine.conf")
fleet_port=$((fleet_port + 30))
as_kiosk sh -c "mkdir -p '$work/fleet' && sed -e '/^listener/{s/ [0-9]* / $fleet_port /;h};/^# Mediators/,\$d' '$room/mosquitto.conf' >'$work/fleet/mosquitto.conf'" ||
  give_up 'no settings of the second broker'
as_kiosk sh -c "cd '$work/fleet' && exec mosquitto -c '$work/fleet/mosquitto.conf'" >"$work/fleet.log" 2>&1 &
fleet=$!

# ---- the relay, which carries all that is filed

relay=$work/run/relay
kiosks=$(sed -n 's,^url=https://127.0.0.1:,,p' "$work/run/conf.d/90-machine.conf")
phones=$((kiosks - 1))
nginx=$(cat "$relay/nginx.pid")
end_fleet () { kill "$fleet" 2>/dev/null || true; }
trap 'end_fleet; clean_up' EXIT
relay_answers () { curl -sk -o /dev/null --max-time 2 "https://127.0.0.1:$phones/d"; }
wait_until 20 'the relay does not answer' relay_answers
is_listening () { grep -qi ":$(printf %04X "$fleet_port") .* 0A " /proc/net/tcp; }
wait_until 20 'the second broker does not listen' is_listening
# What was started is a shell of ours, which holds the words.
fleet=$(pgrep -P "$fleet" -x mosquitto)

# ask WANTED DOOR METHOD PATH [CURL'S OPTIONS]: what the relay answers
ask () {
  wanted=$1 door=$2 method=$3 path=$4
  shift 4
  got=$(curl -sk -o "$aside/answer" -w '%{http_code}' --max-time 20 -X "$method" -A "$header$last" -e "https://x.example/?$header$last" \
    -H "X-Nom: $header$last" -b "nom=$header$last" "$@" "https://127.0.0.1:$door$path?nom=$url$last") || true
  [ "$got" = "$wanted" ] || check_failed "the relay answers $got to $method, instead of $wanted"
}

# leave_document NUMBER: one is put and taken, and a few things are asked that the relay refuses
leave_document () {
  id=$(printf '%032x' "$1")
  [ -s "$aside/document" ] || yes "$body$last" | head -c 70000 >"$aside/document"
  kiosk="--cert $relay/kiosk/broker-client.pem --key $relay/kiosk/broker-client.key"
  # shellcheck disable=SC2086 # options
  ask 201 "$kiosks" POST "/drop/$id" $kiosk
  ask 204 "$phones" PUT "/drop/$id" --data-binary "@$aside/document"
  ask 409 "$phones" PUT "/drop/$id" --data-binary "@$aside/document"
  # shellcheck disable=SC2086
  ask 200 "$kiosks" GET "/drop/$id" $kiosk
  ask 404 "$phones" GET "/$url$last"
  ask 403 "$kiosks" GET "/drop/$id"
}

# ---- the citizens

# begin_to_tell NUMBER: up to the text
begin_to_tell () {
  cat <<END
begin
touch-start|Rue
touch-start|Signaler
touch|Commencer
wait|Continuer
keys|Décrivez le problème|$first$1$last
END
}
file_it () {
  cat <<END
continue
keys|Adresse e-mail|$user$1@$1$host.example
continue
leaf-to|Envoyer ma demande
touch|Envoyer ma demande
wait|Votre demande est reçue par la mairie
END
}
# serve NUMBER: how one citizen comes and goes
serve () {
  session=$(shown_session)
  case $(($1 % 10)) in
    3)
      begin_to_tell "$1" | walk
      [ "$1" -gt 3 ] || session_holds "$session" 1
      kill -ABRT "$session"
      ;;
    8)
      { begin_to_tell "$1"; printf '%s\n' 'touch|Appeler un médiateur' 'touch-start|Un médiateur à distance' code; } | walk
      kill -KILL "$session"
      ;;
    1 | 4 | 6)
      { begin_to_tell "$1"; file_it "$1"; printf '%s\n' 'touch|J’ai fini' 'touch|Non merci'; } | walk
      ;;
    *)
      { begin_to_tell "$1"; file_it "$1"
        printf '%s\n' 'touch|Imprimer' 'wait|Votre reçu est imprimé. Prenez-le.' 'touch|J’ai fini'; } | walk
      ;;
  esac
  wait_until 30 "session $1 does not end" is_gone "$session"
  wait_until 60 "after session $1 there is no next one" is_another_shown
}
is_another_shown () {
  next=$(shown_session)
  [ -n "$next" ] && [ "$next" != "$session" ]
}

check_processes 'before the first'
began=$(date +%s)
served=0
while [ "$served" -lt "$sessions" ] && [ $(($(date +%s) - began)) -lt "${PV_CANARY_SECONDS:-86400}" ]; do
  serve "$served"
  leave_document "$served"
  served=$((served + 1))
  [ $((served % 20)) -ne 0 ] || say "$served sessions in $(($(date +%s) - began)) s"
done
ended=$(date +%s)
figure 'canary sessions' "$served" sessions
figure 'canary sessions, all of them' "$((ended - began))" s


# ---- what is left

# The portal has what was filed, or nobody typed anything.
scan "$work/run/state/portal/"* || true
grep -q 'word 1,' "$aside/found" && grep -q 'word 2,' "$aside/found" || check_failed 'the portal did not get what was typed'
n_received=$(grep -c 'state=received' "$work/run/courier.log" || true)
figure 'canary sessions, filings received' "$n_received" filings

# search WHERE PATH...: words planted there are found, and no others are there
n_places=0
search () {
  where=$1
  shift
  planted=$1
  if [ -d "$1" ]; then planted=$1/planted; fi
  if [ "$planted" = "$1" ]; then cp -p "$1" "$aside/before"; fi
  printf '<6>parvis-session: %s%s\n' "$first" 7 >>"$planted"
  find "$@" -type f -print0 >"$aside/files"
  holds_words || true
  grep -q 'word 1,' "$aside/found" || check_failed "$where: planted words are not found"
  if [ "$planted" = "$1" ]; then cat "$aside/before" >"$1"; else rm "$planted"; fi
  find "$@" -type f -print0 >"$aside/files"
  holds_words || { check_failed "$where: words of citizens"; head -n 8 "$aside/found"; }
  n_places=$((n_places + 1))
  figure "canaries in $where" "$(wc -l <"$aside/found")" found
  say "$where: $(tr -dc '\000' <"$aside/files" | wc -c) files, $(xargs -0 -r cat <"$aside/files" | wc -c) bytes"
}
# Whether no file of $aside/files holds any.
holds_words () {
  <"$aside/files" xargs -0 -r sh -c '"$@" || [ $? -eq 1 ] || exit 255' - "$aside/memory-scan" "$aside/words" \
    >"$aside/found" 2>"$aside/scan.err" || give_up "what is to be searched cannot be read: $(head -n 2 "$aside/scan.err")"
  [ ! -s "$aside/found" ]
}

check_nothing_left 'after all of them' 0
for pid in $nginx $(pgrep -P "$nginx") $fleet $(members "$(programs parvis-courier)" mosquitto); do
  scan "$pid" || [ $? -eq 1 ] || check_failed 'a process beside the kiosk cannot be read'
  name=$(cat "/proc/$pid/comm" 2>/dev/null || echo gone)
  case $name in
    # Its buffers hold what was said to it last, in clear only here.
    nginx) figure 'words in the memory of a process of nginx' "$(count_words "$aside/found")" words ;;
    *) [ ! -s "$aside/found" ] || { check_failed "in the memory of $name"; head -n 4 "$aside/found"; } ;;
  esac
done
# shellcheck disable=SC2046 # names of our own
search 'the logs of the kiosk' "$work/run/courier.log" $(find "$work/run" -maxdepth 1 -name '*.log' ! -name portal.log ! -name paper.log)
grep -q ' submit 200 ' "$relay/log/parvis-relay.log" || check_failed 'nothing came through the relay'
search 'the state of the kiosk' "$work/run/state/outbox" "$work/run/state/follow" "$work/run/state/printer" "$work/run/state/assist"
search 'the cache of the kiosk' "$work/run/state/cache"
search 'the runtime folder of the kiosk' "$work/run/services"
search 'CUPS' "$work/cups"
search 'nginx and njs' "$relay"
search 'the broker of the assistance' "$room" "$work/run/broker.log"
search 'the second broker' "$work/fleet" "$work/fleet.log"
bundle=$aside/bundle
mkdir "$bundle"
# What the journal of a kiosk would say: the lines of the kiosk, and such as no program of Parvis writes, with words.
mkdir "$aside/bin"
cat >"$aside/bin/journalctl" <<END
#!/bin/sh
sed -n 's/^\(<[0-9]>\)*\(parvis[a-z-]*\): /2026-12-01T04:05:06+0100 borne \2[12]: /p' "$work/run/"*.log
for program in parvis-session parvis-courier cupsd; do
  echo "2026-12-01T04:05:07+0100 borne \$program[12]: Gtk-WARNING: $first$last"
done
END
chmod 755 "$aside" "$aside/bin" "$aside/bin/journalctl"
(
  PATH=$aside/bin:$PATH
  as_kiosk "$work/root/usr/bin/parvisctl" --config "$work/run/conf.d" support-bundle "$work/run/bundle.tar.gz"
) >"$aside/bundle.log" 2>&1 || { check_failed 'there is no support bundle'; cat "$aside/bundle.log"; }
cp "$work/run/bundle.tar.gz" "$bundle/raw"
mkdir "$bundle/unpacked"
tar -C "$bundle/unpacked" -xzf "$bundle/raw" || check_failed 'the support bundle cannot be unpacked'
grep -rq 'filing-state .*state=received' "$bundle/unpacked" || check_failed 'the log is not in the support bundle'
search 'the support bundle' "$bundle"
check_table 'after all of them'

# An outbox of a later release: kept, and told.
cmp -s "$aside/later" "$work/run/state/outbox/BCDFGHJKLM.filing" || check_failed 'a filing of a later release is not what it was'
grep -q 'outbox-unreadable files=1' "$work/run/courier.log" || check_failed 'a filing of a later release is not told'

[ "$failed" -eq 0 ] || exit 1
echo "0 canaries of $served sessions in $n_places places."
