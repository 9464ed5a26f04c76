#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# canary-assist.sh BUILD SOURCE PREFIX SCAN WALK MEDIATOR TAP CAPTURE helped|idle: nothing of a citizen is left anywhere when a
# mediator has helped, and what is not for the mediator never leaves the kiosk.
#
# The whole kiosk, a broker and a mediator's console without windows. The citizen types words that exist nowhere else, among
# them into a plain line of text whose label says that it is the number of the social security. While they are helped, the
# console's memory is searched: it must hold what the citizen let be seen, and nothing else. After the right to show has gone,
# and after the end, it must hold nothing. After the session nothing must be in the memory of any process, or in any file.
# Two sessions with "helped": the citizen says goodbye; the session is killed. With "idle" nobody does anything any more.
#
# What passes the broker within TLS is written down by tls-tap: none of the words, no text of the form, no name of a screen.
#
# PV_CANARY_SEED repeats the words of a run. With PV_TEST_FULL=1 only: it takes minutes, alone.
set -eu
if [ "${PV_TEST_FULL-}" != 1 ]; then
  echo 'skipped: a long test; PV_TEST_FULL=1 runs it'
  exit 77
fi
build=$1 source=$2 prefix=$3 scan=$4 walk=$5 mediator=$6 tap=$7 capture=$8 ending=$9
if ! PATH=$PATH:/usr/sbin command -v mosquitto >/dev/null; then
  echo 'skipped: mosquitto is missing'
  exit 77
fi
has_cups=false
# shellcheck source=tests/integration/canary-rig.sh
. "$source/tests/integration/canary-rig.sh"

install_build
cp "$mediator" "$aside/canary-mediator"
cp "$tap" "$aside/tls-tap.so"
cp "$capture" "$aside/broker-capture"
mkdir "$aside/tap"
form=$work/commune/procedures/signalement-rue.json
secret_label='Numéro de sécurité sociale' place='À quel endroit ?'
# Nothing but the label says what the number is.
jq --arg number "$secret_label" 'del(.fields[] | select(.varname | IN("quartier", "position", "danger", "photo", "telephone")))
  | .fields |= map(if .varname == "description"
      then ., (. + {id: "99", type: "date", label: "Date du constat", varname: "constat", hint: "", maxlength: "",
        date_in_the_past: true, date_can_be_today: true, minimum_date: "1900-01-01"}),
        (. + {id: "98", type: "string", label: $number, varname: "divers", hint: "", maxlength: ""})
      else . end)' \
  "$source/app/demo/procedures/signalement-rue.json" >"$form"
fields='4|9|12|13|98|99'
sed "s|exec mosquitto|exec env LD_PRELOAD=$aside/tls-tap.so PV_TLS_TAP=$aside/tap mosquitto|" \
  "$source/kiosk-config/demo-assist" >"$work/kiosk-config/demo-assist"
set_the_stage
printf '[screen]\nidle-seconds=30\nwarn-seconds=20\n' >"$work/kiosk-config/demo.conf.d/95-idle.conf"
start_stage yes
wait_until 60 'no second session' has_two_sessions

# ---- the mediator

room=$work/run/room
# The last port that was tried is the broker's.
# shellcheck disable=SC2012 # names of our own
console=$(ls -dt "$room"/claire-* | head -n 1)
mkfifo "$aside/orders"
as_kiosk "$aside/canary-mediator" "$console/mediator.conf" "$room/passphrase" <"$aside/orders" >"$aside/replies" \
  2>"$aside/mediator.err" &
helper_job=$!
exec 8>"$aside/orders"
n_replies=0
helper () { find /proc -maxdepth 2 -path '/proc/[0-9]*/exe' -lname "$aside/canary-mediator" 2>/dev/null | cut -d / -f 3; }

has_replied () {
  [ "$(wc -l <"$aside/replies")" -lt "$n_replies" ] || return 0
  ! kill -0 "$helper_job" 2>/dev/null || return 1
  [ "$(wc -l <"$aside/replies")" -lt "$n_replies" ] || return 0
  cat "$aside/mediator.err"
  give_up 'the mediator has gone'
}
expect_reply () {
  n_replies=$((n_replies + 1))
  wait_until "${2:-40}" "the mediator: $1" has_replied
  reply=$(sed -n "${n_replies}p" "$aside/replies")
  case $reply in
    ok*) ;;
    *) cat "$aside/mediator.err"; give_up "the mediator: $1: $reply" ;;
  esac
}
# mediate ORDER [SECONDS]: until it is done
mediate () {
  printf '%s\n' "$1" >&8
  expect_reply "$@"
}

# mediator_holds WHEN WANTED ALLOWED: all of the words WANTED, numbers between blanks, and no others than ALLOWED
mediator_holds () {
  scan "$(helper)" || [ $? -eq 1 ] || give_up "$1: the memory of the console cannot be read"
  held=$(sed -n 's/.*: word \([0-9]*\),.*/\1/p' "$aside/found" | sort -un)
  for word in $2; do
    echo "$held" | grep -qx "$word" || check_failed "$1: the search does not find word $word in the console"
  done
  for word in $held; do
    case " $2 $3 " in
      *" $word "*) ;;
      *) check_failed "$1: the console holds word $word"; grep "word $word," "$aside/found" | head -n 4 ;;
    esac
  done
  say "The console, $1: words" $held
}

# ---- both

# make_helped_words VARIANT: those of make_words, then what is behind the label of a number, what the mediator says, proposes, fills in
make_helped_words () {
  make_words "$1"
  secret=$(random "$1 secret" 24 $letters)
  explained=$(random "$1 explained" 24 $letters)
  proposed=$(random "$1 proposed" 24 $letters)
  filled=$(random "$1 filled" 24 $letters)
  printf '%s\n' "$secret" "$explained" "$proposed" "$filled" >>"$aside/words"
  cat "$aside/words" >>"$aside/words-all"
}

# be_helped: up to the question with the number, where a mediator sees the screen
be_helped () {
  walk <<END
begin
touch-start|Rue
touch-start|Signaler
touch|Commencer
wait|Continuer
choose|Autre chose
continue
keys|Décrivez le problème|$first\n$account $last
continue
keys|Date du constat Jour|$day
keys|Date du constat Mois|$month
keys|Date du constat Année|$year
continue
keys|$secret_label|$secret
touch|Appeler un médiateur
touch-start|Un médiateur à distance
code
END
  code=$(sed -n 's/^CODE //p' "$aside/walk.log")
  mediate ring
  mediate "join|$code"
  walk <<END
wait-start|Voulez-vous montrer
touch-start|Oui
END
  mediate 'has|show'
  mediate "sees|$secret_label|hidden"
  [ "$reply" = 'ok sees 98' ] || check_failed "the number is another field: $reply"
  mediator_holds 'while it sees a hidden number' '' ''
  walk <<END
wait|Continuer
continue
keys|$place|$street
END
  mediate "sees|$place|masked"
  mediator_holds 'while it sees masked answers' '' ''
}

# show_the_place: the citizen lets the mediator read one answer
show_the_place () {
  walk <<END
touch-start|Montrer ce champ
END
  mediate "sees|$place|clear"
  mediator_holds 'when the citizen let it see one answer' 4 ''
}

# check_helpers WHEN: broker and console
check_helpers () {
  broker=$(members "$(programs parvis-courier)" mosquitto)
  [ -n "$broker" ] || check_failed "$1: there is no broker"
  for pid in $broker; do check_process "$1" 'the broker' "$pid"; done
  check_process "$1" 'the console' "$(helper)"
}

# check_audit WHEN: both logs hold verbs and names of fields, and nobody changed them
check_audit () {
  for folder in "$work/run/state/assist" "$console"; do
    as_kiosk "$work/root/usr/bin/parvisctl" audit verify "$folder" --certificates "$room/kiosk" \
      --certificates "$console" >"$aside/verified" 2>&1 || { check_failed "$1: $folder"; cat "$aside/verified"; }
    cat "$folder"/audit-*.log >"$aside/audit"
    [ -s "$aside/audit" ] || check_failed "$1: nothing was written down in $folder"
    awk -v fields="^($fields)\$" 'NF != 4 || $2 !~ /^[a-z-]+$/ { print; next }
      $2 ~ /^(consent|consent-more|delegation|delegation-more|continues)$/ { next }
      $3 != "-" && $3 !~ fields && (length ($3) != 16 || $3 ~ /[^0-9a-f]/) { print }' "$aside/audit" >"$aside/odd"
    [ ! -s "$aside/odd" ] || { check_failed "$1: a line is more than a verb and a field"; cat "$aside/odd"; }
    say "$1: $(wc -l <"$aside/audit") lines: $(cut -d ' ' -f 2 "$aside/audit" | grep -v more | sort | uniq -c | tr -s ' \n' ' ')"
  done
}

check_capture () {
  # The kiosk sets a blank that cannot break before some signs.
  jq -r '.. | strings | ., gsub(" (?<sign>[?!:;»])"; "\u00a0\(.sign)"), gsub(" (?<sign>[?!:;»])"; "\u202f\(.sign)")' "$form" |
    sort -u >"$aside/texts"
  tr -d = <"$aside/words-all" >>"$aside/texts"
  cp "$aside/words-all" "$aside/words"
  # Halves of words, and other encodings.
  scan "$aside/tap/"* || check_failed 'the broker saw words, or what it saw cannot be read'
  "$aside/broker-capture" "$aside/tap" "$aside/texts" || check_failed 'what passed the broker says too much'
}

# ---- two sessions that end, or one that does not

# show_and_tell: all that a mediator may do
show_and_tell () {
  mediate "point|$place"
  mediate "explain|Regardez $explained."
  walk <<END
wait-start|Claire explique
END
  mediate 'ask|propose'
  walk <<END
wait-start|Voulez-vous que
touch-start|Oui
END
  mediate 'has|propose'
  mediate "propose|$place|$proposed"
  walk <<END
touch|Accepter
END
  mediate accepted
  mediate 'ask|hand'
  walk <<END
wait-start|Prêter la main
touch-start|Oui
END
  mediate 'has|hand'
  mediate "set|$place|$filled"
  mediate 'give-back|hand'
}

say_goodbye () {
  walk <<END
continue
choose|Oui
continue
keys|Adresse e-mail|$email
continue
END
  # A date other than of birth may be seen; what was filled in was shown.
  mediate "row|$secret_label|hidden"
  mediate 'row|Décrivez le problème|masked'
  mediator_holds 'while it sees the summary' '' '5 6 11'
  mediate 'give-back|show'
  mediator_holds 'when it sees nothing any more' '' ''
  mediate end
  walk <<END
wait-start|L’aide est terminée
touch|Fermer
leaf-to|Envoyer ma demande
END
  mediator_holds 'when the help is over' '' ''
  session_holds "$session" 1 2 3 8 11
  walk <<END
touch|Envoyer ma demande
wait|Votre demande est reçue par la mairie
touch|J’ai fini
touch|Non merci
END
}

expect_reply 'signs in'
if [ "$ending" = helped ]; then
  make_helped_words filed
  check_processes 'before anything is typed'
  check_helpers 'before anything is typed'
  check_files 'before anything is typed'
  be_helped
  session=$(shown_session)
  show_the_place
  show_and_tell
  say_goodbye
  check_nothing_left 'after goodbye' "$session"
  check_helpers 'after goodbye'
  check_audit 'after goodbye'
  scan "$work/run/state/portal/"* || true
  grep -q 'word 11,' "$aside/found" || check_failed 'the portal did not get what the mediator filled in'
  check_table 'after goodbye' "$console"

  make_helped_words killed
  be_helped
  session=$(shown_session)
  show_the_place
  session_holds "$session" 1 2 3 4 8
  kill -KILL "$session"
  check_nothing_left 'after the session was killed' "$session"
  mediate 'state|over' 190
  mediate end
  check_helpers 'after the session was killed'
  check_audit 'after the session was killed'
else
  make_helped_words idle
  be_helped
  session=$(shown_session)
  show_the_place
  session_holds "$session" 1 2 3 4 8
  mediate 'state|ended' 190
  mediator_holds 'when nobody did anything' '' ''
  wait_until 90 'an idle session does not end' is_gone "$session"
  check_nothing_left 'after nobody touched it' "$session"
  check_helpers 'after nobody touched it'
  check_audit 'after nobody touched it'
fi
check_capture

[ "$failed" -eq 0 ] || exit 1
echo 'Nothing of the citizen was left, and nothing reached who should not have it.'
