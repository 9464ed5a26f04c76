#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# canary.sh BUILD SOURCE PREFIX SCAN WALK: nothing of a citizen is left when the session has ended, however it ended.
#
# Starts all that the demo consists of, and a CUPS of its own with a queue to the virtual printer; types words that
# exist nowhere else through the real screen: lines of text, a date, entries. Then looks for them in the memory of every
# living process of Parvis, of the compositor, of the screen under it and of CUPS, and in every file that any of them
# wrote: homes, temporary folders, memory disks, logs, spool, core dumps. For the receipt, whose words are compressed,
# bytes of the printed file are looked for. Three endings: the citizen files, prints and says goodbye; the session
# crashes while somebody types; nobody touches the screen. Before each ending the words must be found in the session, or
# the search proves nothing. Excepted are the portal and the tray of the virtual printer; and the accessibility bus,
# which a kiosk only has when a test reads its screen.
#
# PV_CANARY_SEED repeats the words of a run.
set -eu
build=$1 source=$2 prefix=$3 scan=$4 walk=$5
has_cups=false
if PATH=$PATH:/usr/sbin command -v cupsd >/dev/null && PATH=$PATH:/usr/sbin command -v lpadmin >/dev/null &&
  [ -e /usr/lib/cups/filter/pdftopdf ]; then
  has_cups=true
fi
# shellcheck source=tests/integration/canary-rig.sh
. "$source/tests/integration/canary-rig.sh"

install_build
# A form that only asks for what the words go into, a date among them.
jq 'del(.fields[] | select(.varname | IN("quartier", "position", "danger", "photo", "telephone")))
  | .fields |= map(if .varname == "description"
      then ., (. + {id: "99", type: "date", label: "Date du constat", varname: "constat", hint: "", maxlength: "",
        date_in_the_past: true, date_can_be_today: true, minimum_date: "1900-01-01"})
      else . end)' \
  "$source/app/demo/procedures/signalement-rue.json" >"$work/commune/procedures/signalement-rue.json"
set_the_stage
start_stage

# begin_to_type: up to the screens that ask for words
begin_to_type () {
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
keys|À quel endroit ?|$street
END
}

# ---- a session has no Internet socket

check_network () {
  n_sessions=0
  for pid in $(programs parvis-session); do
    [ -z "$(sockets "$pid")" ] || check_failed "a session has an Internet socket: $(sockets "$pid")"
    # A child that reads the emblem bears the name for a moment; what is gone has nothing left to look at.
    { status=$(cat "/proc/$pid/status") && limits=$(cat "/proc/$pid/limits"); } 2>/dev/null || continue
    printf '%s\n' "$status" | grep -q '^Seccomp:[[:space:]]*2$' || check_failed 'a session has no filter for system calls'
    printf '%s\n' "$limits" | grep -q '^Max core file size  *0  *0 ' || check_failed 'a session may dump its memory'
    n_sessions=$((n_sessions + 1))
  done
  [ "$n_sessions" -gt 0 ] || check_failed 'there is no session to look at'
  [ -n "$(sockets "$(programs parvis-demo)")" ] || check_failed 'the search for sockets does not find those of the portal'
}

# ---- the scanner finds all that it says

make_words none
for encoding in UTF-8 UTF-16LE UTF-32LE; do
  { printf 'x'; printf %s "$account" | cut -c 1-12 | iconv -t $encoding; } >"$aside/sample"
  ! scan "$aside/sample" && grep -q 'word 2,' "$aside/found" || check_failed "the scanner does not find $encoding"
  { printf 'x'; printf %s "$year-$month-$day" | iconv -t $encoding; } >"$aside/sample"
  ! scan "$aside/sample" && grep -q 'word 5,' "$aside/found" ||
    check_failed "the scanner does not find a date in $encoding"
done
printf '#00ff10%s\n' 414243444546474849 >>"$aside/words"
printf 'x\000\377\020ABCDEFGHI' >"$aside/sample"
! scan "$aside/sample" && grep -q "word $((all + 1)), bytes" "$aside/found" ||
  check_failed 'the scanner does not find bytes'
printf '%s %s' "$account" "$day/$month/$year" | tr 0-9 1-90 >"$aside/sample"
scan "$aside/sample" || check_failed 'the scanner finds what is not there'

# ---- the citizen files, prints, says goodbye

# note_receipt: what is on its way to the printer, pieces of it as further words; only such as are not text
note_receipt () {
  cat "$work/cups/spool/d"* >"$aside/receipt"
  size=$(wc -c <"$aside/receipt")
  for part in 1 2 3 4 5 6 7 8 9 10 11; do
    piece=$(tail -c +$((size * part / 12)) "$aside/receipt" | head -c 24 | od -An -v -tx1 | tr -d ' \n')
    printf '#%s\n' "$piece" | grep -v '^#00' | grep '[89a-f].\(..\)*[89a-f].\(..\)*[89a-f].' >>"$aside/words" || true
  done
  [ "$(grep -c '^#' "$aside/words")" -ge 5 ] || give_up 'the receipt has no bytes to look for'
}
# holds_receipt WHO PID...: pieces of the receipt are in their memory, or the search could not fail. Which of them depends
# on what is overwritten first and on what libqpdf writes anew.
holds_receipt () {
  who=$1
  shift
  : >"$aside/all-found"
  for pid in "$@"; do
    scan "$pid" || [ $? -eq 1 ] || give_up "the memory of $who cannot be read"
    cat "$aside/found" >>"$aside/all-found"
  done
  pieces=$(sed -n 's/.*: word \([0-9]*\),.*/\1/p' "$aside/all-found" | sort -un | awk -v all=$all '$1 > all' | wc -l)
  [ "$pieces" -gt 0 ] || give_up "$who had the receipt, but the search does not find it there"
  say "$who holds $pieces pieces of the receipt"
}
is_spooled () { ls "$work/cups/spool/d"* >/dev/null 2>&1; }

wait_until 60 'no second session' has_two_sessions
check_network
check_nothing_yet
make_words filed
begin_to_type
session=$(shown_session)
walk <<END
continue
choose|Oui
continue
keys|Adresse e-mail|$email
continue
leaf-to|Envoyer ma demande
END
# shellcheck disable=SC2046 # numbers
session_holds "$session" $(seq $typed) "$dates" $all
! $has_cups || echo media-empty | as_kiosk tee "$work/run/paper/control/state" >/dev/null
walk <<END
touch|Envoyer ma demande
wait|Votre demande est reçue par la mairie
touch|Imprimer
END
if $has_cups; then
  wait_until 30 'CUPS has got no receipt' is_spooled
  note_receipt
  holds_receipt "parvis-printer's child" $(programs parvis-printer)
  holds_receipt 'The session' "$session"
  rm "$work/run/paper/control/state"
fi
walk <<END
wait|Votre reçu est imprimé. Prenez-le.
END
check_network
walk <<END
touch|J’ai fini
END
check_nothing_left 'after goodbye' "$session"
! is_spooled || check_failed 'CUPS keeps a receipt'
scan "$work/run/state/portal/"* || true
grep -q 'word 4,' "$aside/found" || check_failed 'the portal did not get what was typed'
check_table 'after goodbye'

# ---- the session crashes while somebody types

make_words crashed
begin_to_type
session=$(shown_session)
# shellcheck disable=SC2046
session_holds "$session" $(seq $typed) "$dates"
kill -ABRT "$session" # a signal that asks for a core dump
check_nothing_left 'after a crash' "$session"

# ---- nobody touches the screen any more

# With other settings the supervisor replaces both sessions; the shortest times that the settings allow.
before=$(programs parvis-session | sort | tr '\n' ' ')
printf '[screen]\nidle-seconds=30\nwarn-seconds=20\n' | as_kiosk tee "$work/run/conf.d/95-idle.conf" >/dev/null
are_replaced () {
  for pid in $before; do is_gone "$pid" || return 1; done
  has_two_sessions
}
wait_until 90 'other settings do not lead to other sessions' are_replaced
make_words idle
begin_to_type
session=$(shown_session)
# shellcheck disable=SC2046
session_holds "$session" $(seq $typed) "$dates"
wait_until 90 'an idle session does not end' is_gone "$session"
check_nothing_left 'after nobody touched it' "$session"

[ "$failed" -eq 0 ] || exit 1
echo 'Nothing of the citizen was left.'
