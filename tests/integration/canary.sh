#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# canary.sh BUILD SOURCE PREFIX SCAN WALK: nothing of a citizen is left when the session has ended, however it ended.
#
# Starts all that the demo consists of, types words that exist nowhere else through the real screen, and then looks for
# them in the memory of every living process of Parvis and in every file that the kiosk wrote. Three endings: the
# citizen files, prints and says goodbye; the session is killed while somebody types; nobody touches the screen.
# Before each ending the words must be found in the session, or the search proves nothing.
#
# PV_CANARY_SEED repeats the words of a run.
set -eu
build=$1 source=$2 prefix=$3 scan=$4 walk=$5
width=1080 height=1920
say () { printf '# %s\n' "$*"; }

for program in Xvfb cage dbus-run-session ippeveprinter ipptool setpriv setsid openssl jq; do
  PATH=$PATH:/usr/sbin command -v $program >/dev/null || { echo "skipped: $program is missing"; exit 77; }
done
if [ "$(id -u)" -ne 0 ] && ! ldd "$scan" | grep -q libasan; then
  echo 'skipped: only root may read the memory of programs that were built without the address sanitizer'
  exit 77
fi

umask 022
# All that belongs to the kiosk is in $work; the words, and what types and looks, are in $aside.
work=$(mktemp -d -t parvis-canary.XXXXXX)
aside=$(mktemp -d -t parvis-canary-words.XXXXXX)
stage='' failed=0
clean_up () {
  trap '' EXIT INT TERM HUP
  [ ! -d "$work/run" ] || : >"$work/run/finished"
  [ -z "$stage" ] || wait "$stage" || true
  rm -rf "$work" "$aside"
}
trap clean_up EXIT
trap 'exit 1' INT TERM HUP

check_failed () {
  failed=$((failed + 1))
  printf 'FAILED: %s\n' "$*"
}

give_up () {
  check_failed "$*"
  for log in portal paper courier printer xvfb kiosk stage; do
    [ ! -s "$work/run/$log.log" ] || { echo "-- $log.log"; tail -n 15 "$work/run/$log.log"; }
  done
  exit 1
}

# wait_until SECONDS WHAT COMMAND...
wait_until () {
  limit=$1 what=$2
  shift 2
  end=$(($(date +%s) + limit))
  until "$@"; do
    [ "$(date +%s)" -lt "$end" ] || give_up "after $limit seconds: $what"
    sleep 0.2
  done
}

# ---- the words

seed=${PV_CANARY_SEED:-$(od -An -N6 -tx1 /dev/urandom | tr -d ' \n')}
say "PV_CANARY_SEED=$seed"
# random NAME COUNT SET: characters that only depend on the seed
random () {
  printf '%s %s' "$seed" "$1" | openssl dgst -sha512 -binary | od -An -v -tu1 |
    awk -v set="$3" -v count="$2" '
      { for (i = 1; i <= NF && n < count; i++) { printf "%s", substr(set, $i % length(set) + 1, 1); n++ } }'
}
letters=abcdefghijklmnopqrstuvwxyz
# make_words VARIANT: name, e-mail, street, free text that looks like an account number; one a line in $aside/words
make_words () {
  name=$(random "$1 name" 26 $letters)
  email=$(random "$1 user" 14 $letters)@$(random "$1 host" 14 $letters).example
  street="$(random "$1 street" 13 $letters) $(random "$1 road" 13 $letters)"
  account=FR76$(random "$1 account" 24 0123456789)
  printf '%s\n' "$name" "$email" "$street" "$account" >"$aside/words"
}

# ---- the stage

say 'Installing the build into a folder'
DESTDIR=$work/root meson install -C "$build" --no-rebuild --quiet >/dev/null
if [ "$prefix" != /usr ]; then
  mkdir -p "$work/root/usr"
  for folder in bin libexec share; do mv "$work/root$prefix/$folder" "$work/root/usr/$folder"; done
fi
cp -r "$source/kiosk-config" "$work/kiosk-config"
cp -r "$source/app/demo" "$work/commune"
# A form that only asks for what the words go into.
jq 'del(.fields[] | select(.varname | IN("quartier", "danger", "photo", "telephone")))' \
  "$source/app/demo/procedures/signalement-rue.json" >"$work/commune/procedures/signalement-rue.json"
mkdir -m 700 "$work/run" "$work/pictures"
mkdir "$aside/pictures"
cp "$scan" "$aside/memory-scan"
cp "$walk" "$aside/canary-walk"
cat >"$work/check" <<END
#!/bin/sh
# What demo-stage starts beside the kiosk: tells how to reach its screen, and stays until the test is over.
set -eu
printf '%s\n' "DISPLAY=\$DISPLAY" "DBUS_SESSION_BUS_ADDRESS=\$DBUS_SESSION_BUS_ADDRESS" >"$work/run/screen.new"
mv "$work/run/screen.new" "$work/run/screen"
tries=0
until [ -e "$work/run/finished" ]; do
  tries=\$((tries + 1))
  [ "\$tries" -lt 900 ] || exit 1
  sleep 1
done
END
chmod 755 "$work/check"
# Like the demo: a compositor refuses root.
asan=detect_leaks=0:allow_user_segv_handler=0
if [ "$(id -u)" -eq 0 ]; then
  kiosk_user=nobody
  chown -R nobody "$work" "$aside"
  as_kiosk () {
    setpriv --reuid=nobody --regid=nogroup --clear-groups --no-new-privs \
      env -i PATH="$PATH" HOME="$work/run" TZ=Europe/Paris ASAN_OPTIONS=$asan "$@"
  }
else
  kiosk_user=$(id -un)
  as_kiosk () {
    env -i PATH="$PATH" HOME="$work/run" TZ=Europe/Paris ASAN_OPTIONS=$asan "$@"
  }
fi
: >"$aside/began"
as_kiosk setsid -w "$work/kiosk-config/demo-stage" check ${width}x$height "$work" >"$aside/stage.log" 2>&1 &
stage=$!
is_staged () {
  kill -0 "$stage" 2>/dev/null || { cat "$aside/stage.log"; give_up 'the stage ended'; }
  [ -s "$work/run/screen" ]
}
wait_until 60 'the stage is not ready' is_staged

# ---- processes

# programs NAME: the process numbers of a program of this kiosk
programs () {
  for link in /proc/[0-9]*/exe; do
    target=$(readlink "$link" 2>/dev/null) || continue
    case $target in "$work/root/"*"/$1") link=${link%/exe}; echo "${link#/proc/}" ;; esac
  done
}
is_gone () { [ ! -d "/proc/$1" ]; }
# The session whose window is shown is the older one.
shown_session () {
  for pid in $(programs parvis-session); do
    awk '{ print $22, $1 }' "/proc/$pid/stat" 2>/dev/null || true
  done | sort -n | sed -n '1s/.* //p'
}
has_two_sessions () { [ "$(programs parvis-session | wc -l)" -eq 2 ]; }

# walk: the steps on standard input
walk () {
  # shellcheck disable=SC2046 # two words without spaces
  as_kiosk $(cat "$work/run/screen") XDG_RUNTIME_DIR="$work/run" "$aside/canary-walk" "$aside/pictures" $width $height \
    >"$aside/walk.log" 2>&1 || {
    cat "$aside/walk.log"
    give_up 'the walk ended'
  }
}

# sockets PID: the Internet sockets, and others that reach over the cable, that a process holds
sockets () {
  for fd in "/proc/$1/fd/"*; do
    readlink "$fd" 2>/dev/null || true
  done | sed -n 's/^socket:\[\(.*\)\]$/\1/p' >"$aside/inodes"
  for table in tcp tcp6 udp udp6 udplite udplite6 raw raw6 icmp icmp6; do
    [ ! -r "/proc/$1/net/$table" ] || awk -v table=$table 'FNR > 1 { print $10, table, $2 }' "/proc/$1/net/$table"
  done >"$aside/tables"
  [ ! -r "/proc/$1/net/packet" ] || awk 'FNR > 1 { print $9, "packet", "" }' "/proc/$1/net/packet" >>"$aside/tables"
  awk 'NR == FNR { is_ours[$1] = 1; next } $1 in is_ours { print $2, $3 }' "$aside/inodes" "$aside/tables"
}

# begin_to_type: up to the screens that ask for words
begin_to_type () {
  walk <<END
touch|Touchez pour commencer
touch-start|Rue
touch-start|Signaler
touch|Commencer
wait|Continuer
choose|Autre chose
continue
keys|Décrivez le problème|$name $account
continue
keys|À quel endroit ?|$street
END
}

# ---- what must be found, and what must not

# holds WHERE...: whether the last words are there; what was found goes to $aside/found
scan () {
  status=0
  ASAN_OPTIONS=$asan "$aside/memory-scan" "$aside/words" "$@" >"$aside/found" 2>"$aside/scan.err" || status=$?
  cat "$aside/scan.err"
  return $status
}

# session_holds PID N: all of the first N words are in the session's memory, or the search could not fail
session_holds () {
  scan "$1" || [ $? -eq 1 ] || give_up "the session's memory cannot be read"
  for number in $(seq 1 "$2"); do
    grep -q "word $number," "$aside/found" || give_up "word $number was typed, but the search does not find it in the session"
  done
  say "The session holds the $2 words, $(wc -l <"$aside/found") times at least"
}

check_processes () {
  for name in parvis parvis-session parvis-courier parvis-printer; do
    [ -n "$(programs $name)" ] || check_failed "$1: $name does not run"
    for pid in $(programs $name); do
      status=0
      scan "$pid" || status=$?
      [ "$status" -eq 0 ] || { check_failed "$1: in the memory of $name, or it cannot be read"; head -n 8 "$aside/found"; }
    done
  done
}

# What the kiosk's user wrote since the beginning, save the portal and its printer.
kiosk_files () {
  find "$work" \( -path "$work/root" -o -path "$work/commune" -o -path "$work/kiosk-config" -o \
    -path "$work/run/state/portal" -o -path "$work/run/paper" \) -prune -o -type f -print0
  find /tmp /var/tmp /dev/shm /var/spool/cups -newer "$aside/began" -user $kiosk_user -type f \
    ! -path "$work/*" ! -path "$aside/*" -print0 2>/dev/null || true
}

check_files () {
  kiosk_files | xargs -0 sh -c '"$@" || [ $? -eq 1 ] || exit 255' - env ASAN_OPTIONS=$asan "$aside/memory-scan" "$aside/words" \
    >"$aside/found" 2>"$aside/scan.err" || check_failed "$1: the files cannot be read"
  [ ! -s "$aside/found" ] || { check_failed "$1: in a file"; head -n 8 "$aside/found"; }
  say "$1: searched $(kiosk_files | tr -dc '\000' | wc -c) files"
}

# check_nothing_left WHEN PID: after the end of session PID
check_nothing_left () {
  wait_until 20 "$1: the session is still there" is_gone "$2"
  wait_until 60 "$1: there is no next session" has_two_sessions
  check_processes "$1"
  check_files "$1"
}

# ---- a session has no Internet socket

check_network () {
  for pid in $(programs parvis-session); do
    [ -z "$(sockets "$pid")" ] || check_failed "a session has an Internet socket: $(sockets "$pid")"
    grep -q '^Seccomp:[[:space:]]*2$' "/proc/$pid/status" || check_failed 'a session has no filter for system calls'
  done
  [ -n "$(sockets "$(programs parvis-demo)")" ] || check_failed 'the search for sockets does not find those of the portal'
}

# ---- the scanner finds all that it says

make_words none
for encoding in UTF-8 UTF-16LE UTF-32LE; do
  { printf 'x'; sed -n 2p "$aside/words" | cut -c 1-12 | iconv -t $encoding; } >"$aside/sample"
  ! scan "$aside/sample" && grep -q 'word 2,' "$aside/found" || check_failed "the scanner does not find $encoding"
done
tail -c 14 "$aside/words" | tr 0-9 1-90 >"$aside/sample"
scan "$aside/sample" || check_failed 'the scanner finds what is not there'

# ---- the citizen files, prints, says goodbye

wait_until 60 'no second session' has_two_sessions
check_network
make_words filed
begin_to_type
session=$(shown_session)
walk <<END
continue
choose|Oui
continue
keys|Adresse e-mail|$email
continue
wait|Envoyer ma demande
END
session_holds "$session" 4
walk <<END
touch|Envoyer ma demande
wait|Votre demande est reçue par la mairie
touch|Imprimer
wait|Votre reçu est imprimé. Prenez-le.
END
check_network
walk <<END
touch|J’ai fini
END
check_nothing_left 'after goodbye' "$session"
scan "$work/run/state/portal/"* || true
grep -q 'word 4,' "$aside/found" || check_failed 'the portal did not get what was typed'

# ---- the session is killed while somebody types

make_words killed
begin_to_type
session=$(shown_session)
session_holds "$session" 1
kill -KILL "$session"
check_nothing_left 'after a kill' "$session"

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
session_holds "$session" 1
wait_until 90 'an idle session does not end' is_gone "$session"
check_nothing_left 'after nobody touched it' "$session"

[ "$failed" -eq 0 ] || exit 1
echo 'Nothing of the citizen was left.'
