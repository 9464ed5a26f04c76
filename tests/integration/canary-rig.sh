# shellcheck shell=sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# canary-rig.sh, read by canary.sh and canary-assist.sh: the whole kiosk on a stage of its own, words that exist nowhere else,
# and the search for them. Before it is read there are build, source, prefix, scan, walk, and has_cups: whether the kiosk
# prints through a CUPS of its own.
# shellcheck disable=SC2154,SC2034 # of the test that reads it

width=1080 height=1920
say () { printf '# %s\n' "$*"; }

for program in Xvfb cage dbus-run-session ippeveprinter ipptool setpriv setsid openssl jq; do
  PATH=$PATH:/usr/sbin command -v $program >/dev/null || { echo "skipped: $program is missing"; exit 77; }
done
if [ "$(id -u)" -ne 0 ] && ! ldd "$walk" | grep -q libasan; then
  echo 'skipped: only root may read the memory of programs that were built without the address sanitizer'
  exit 77
fi

PATH=$PATH:/usr/sbin

umask 022
# All that belongs to the kiosk is in $work; the words, and what types and looks, are in $aside.
work=$(mktemp -d -t parvis-canary.XXXXXX)
aside=$(mktemp -d -t parvis-canary-words.XXXXXX)
stage='' cups='' failed=0
clean_up () {
  trap '' EXIT INT TERM HUP
  if [ -n "$cups" ]; then
    kill "$cups" 2>/dev/null || true
    wait "$cups" || true
  fi
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
# make_words VARIANT: the first and the last word of a long text, something like an account number between them, a
# street, a date as it is kept and as it is shown, an e-mail; one a line in $aside/words
make_words () {
  first=$(random "$1 first" 24 $letters)
  account=FR76$(random "$1 account" 20 0123456789)
  last=$(random "$1 last" 24 $letters)
  street="$(random "$1 street" 12 $letters) $(random "$1 road" 12 $letters)"
  year=19$(random "$1 decade" 1 1234)$(random "$1 year" 1 0123456789)
  month=1$(random "$1 month" 1 012) day=1$(random "$1 day" 1 0123456789)
  email=$(random "$1 user" 12 $letters)@$(random "$1 host" 12 $letters).example
  printf '%s\n' "$first" "$account" "$last" "$street" "=$year-$month-$day" "=$day/$month/$year" "$email" >"$aside/words"
}
typed=4 dates='5\|6' all=7

# ---- the stage

# install_build: and what the demo needs beside it
install_build () {
  say 'Installing the build into a folder'
  DESTDIR=$work/root meson install -C "$build" --no-rebuild --quiet >/dev/null
  if [ "$prefix" != /usr ]; then
    mkdir -p "$work/root/usr"
    for folder in bin libexec share; do mv "$work/root$prefix/$folder" "$work/root/usr/$folder"; done
  fi
  cp -r "$source/kiosk-config" "$work/kiosk-config"
  cp -r "$source/app/demo" "$work/commune"
}

# set_the_stage: folders, and what waits beside the kiosk
set_the_stage () {
  if $has_cups; then
    # The queue in place of the printer's own address.
    sed 's/^uri=.*/queue=roll/' "$source/kiosk-config/demo-stage" >"$work/kiosk-config/demo-stage"
    chmod 711 "$work"
  fi
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
  [ "\$tries" -lt ${stage_seconds:-900} ] || exit 1
  sleep 1
done
END
  chmod 755 "$work/check"
  [ "$(id -u)" -ne 0 ] || chown -R nobody "$work" "$aside"
  : >"$aside/began"
}

# Like the demo: a compositor refuses root. All debugging messages are asked for: whoever looks for a fault on a kiosk does that.
asan=detect_leaks=0:allow_user_segv_handler=0
if [ "$(id -u)" -eq 0 ]; then
  kiosk_user=nobody
  as_kiosk () {
    setpriv --reuid=nobody --regid=nogroup --clear-groups --no-new-privs \
      env -i PATH="$PATH" HOME="$work/run" TZ=Europe/Paris ASAN_OPTIONS=$asan G_MESSAGES_DEBUG=all "$@"
  }
else
  kiosk_user=$(id -un)
  as_kiosk () {
    env -i PATH="$PATH" HOME="$work/run" TZ=Europe/Paris ASAN_OPTIONS=$asan G_MESSAGES_DEBUG=all "$@"
  }
fi

is_staged () {
  kill -0 "$stage" 2>/dev/null || { cat "$work/stage.log"; give_up 'the stage ended'; }
  [ -s "$work/run/screen" ]
}

# start_stage [yes [yes]]: with the broker of the assistance, and with the shipped relay before the portal, until all is ready
start_stage () {
  # Whoever allows core dumps must not get one with words in it.
  ulimit -c unlimited 2>/dev/null || say 'Core dumps cannot be allowed here'
  as_kiosk CUPS_SERVER="$work/cups/cups.sock" setsid -w "$work/kiosk-config/demo-stage" check ${width}x$height "$work" "${1:-no}" '' '' '' no "${2:-no}" \
    >"$work/stage.log" 2>&1 &
  stage=$!
  if $has_cups; then
    wait_until 60 'there is no printer' test -s "$work/run/paper/uri"
    # It keeps documents, unless it is told to purge them.
    setsid -w "$source/tests/fakes/cups-scheduler" "$work/cups" "$(cat "$work/run/paper/uri")" >"$work/cups.log" 2>&1 &
    cups=$!
  fi
  wait_until 60 'the stage is not ready' is_staged
  ! $has_cups || wait_until 60 'CUPS has no queue' test -e "$work/cups/ready"
}

# ---- processes

# programs NAME: the process numbers of a program of this kiosk
programs () {
  find /proc -maxdepth 2 -path '/proc/[0-9]*/exe' -lname "$work/root/*/$1" 2>/dev/null | cut -d / -f 3
}
# members PID [NAME]: the process numbers of all that were started together with PID; only those called NAME
members () {
  cat /proc/[0-9]*/stat 2>/dev/null | sed -n 's/^\([0-9]*\) (\(.*\)) . [0-9]* [0-9]* \([0-9]*\) .*/\1 \3 \2/p' \
    >"$aside/processes"
  awk -v pid="$1" -v name="${2:-}" 'NR == FNR { if ($1 == pid) session = $2; next }
    $2 == session && (name == "" || $3 == name) { print $1 }' "$aside/processes" "$aside/processes"
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
  as_kiosk $(cat "$work/run/screen") XDG_RUNTIME_DIR="$work/run" "$aside/canary-walk" "$aside/pictures" $width $height ${hurry:-1} \
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

# ---- what must be found, and what must not

# holds WHERE...: whether the last words are there; what was found goes to $aside/found
scan () {
  status=0
  "$aside/memory-scan" "$aside/words" "$@" >"$aside/found" 2>"$aside/scan.err" || status=$?
  cat "$aside/scan.err"
  return $status
}

# session_holds PID NUMBER...: the words of these numbers are in the session's memory, or the search could not fail
session_holds () {
  session_pid=$1
  shift
  scan "$session_pid" || [ $? -eq 1 ] || give_up "the session's memory cannot be read"
  for number in "$@"; do
    grep -q "word \($number\)," "$aside/found" ||
      give_up "word $number was typed, but the search does not find it in the session"
  done
  say "The session holds the $# words, $(wc -l <"$aside/found") times at least"
}

# count_words FILE: how many different words were found
count_words () { sed -n 's/.*: word \([0-9]*\),.*/\1/p' "$1" | sort -u | wc -l; }

# check_process WHEN NAME PID
check_process () {
  status=0
  scan "$3" || status=$?
  [ "$status" -eq 0 ] || { check_failed "$1: in the memory of $2, or it cannot be read"; head -n 8 "$aside/found"; }
}

check_processes () {
  stage_pid=$(programs parvis-courier)
  for program in parvis parvis-session parvis-courier parvis-printer; do
    [ -n "$(programs $program)" ] || check_failed "$1: $program does not run"
    for pid in $(programs $program); do check_process "$1" $program "$pid"; done
  done
  # These see pictures, and one key at a time.
  for program in cage Xvfb; do
    [ -n "$(members "$stage_pid" $program)" ] || check_failed "$1: $program does not run"
    : >"$aside/found-all"
    for pid in $(members "$stage_pid" $program); do
      check_process "$1" $program "$pid"
      cat "$aside/found" >>"$aside/found-all"
    done
    figure "words in the memory of $program, $1" "$(count_words "$aside/found-all")" words
  done
  if $has_cups; then
    [ -n "$(members "$cups" cupsd)" ] || check_failed "$1: cupsd does not run"
    check_cups "$1"
  fi
}

# Of what passed through it, CUPS keeps pieces on its stack, whatever it is asked; they are not text. They are counted.
check_cups () {
  : >"$aside/found-all"
  for pid in $(members "$cups"); do
    scan "$pid" || [ $? -eq 1 ] || check_failed "$1: the memory of CUPS cannot be read"
    cat "$aside/found" >>"$aside/found-all"
  done
  ! grep 'UTF-' "$aside/found-all" || check_failed "$1: in the memory of CUPS"
  figure "pieces of the receipt in the memory of CUPS, $1" "$(count_words "$aside/found-all")" pieces
}

# figure NAME COUNT UNIT
figure () { printf '# {"name": "%s", "value": %s, "unit": "%s"}\n' "$1" "$2" "$3"; }

# What the kiosk and CUPS wrote since the beginning, wherever they may, save the portal and its printer.
kiosk_files () {
  find "$work" \( -path "$work/root" -o -path "$work/commune" -o -path "$work/kiosk-config" -o \
    -path "$work/run/state/portal" -o -path "$work/run/paper" \) -prune -o -type f -print0
  # Memory disks and the like are file systems of their own.
  # Not of other kiosks under test, which print at the same time in the same letters.
  for disk in $(awk '$3 ~ /^(tmpfs|ext.|btrfs|xfs|overlay|f2fs|ramfs|zfs)$/ { print $2 }' /proc/mounts | sort -u); do
    find "$disk" -xdev \( -path "$work" -o -path "$aside" -o -name 'parvis-canary*.??????' -o \
      -name 'parvis-demo.??????' \) -prune -o \
      -type f -newer "$aside/began" \( -user $kiosk_user -o -user lp \) -print0 2>/dev/null || true
  done
}

check_files () {
  kiosk_files >"$aside/files"
  tr '\000' '\n' <"$aside/files" | grep '/core\(\.[^/]*\)\?$' >"$aside/cores" && check_failed "$1: a core dump"
  <"$aside/files" xargs -0 sh -c '"$@" || [ $? -eq 1 ] || exit 255' - "$aside/memory-scan" "$aside/words" \
    >"$aside/found" 2>"$aside/scan.err" || check_failed "$1: the files cannot be read"
  [ ! -s "$aside/found" ] || { check_failed "$1: in a file"; head -n 8 "$aside/found"; }
  say "$1: searched $(tr -dc '\000' <"$aside/files" | wc -c) files"
}

# What was not typed yet must not be there: a date might be somebody else's.
check_nothing_yet () {
  for variant in filed crashed idle; do
    make_words $variant
    cat "$aside/words" >>"$aside/words-all"
  done
  mv "$aside/words-all" "$aside/words"
  check_processes 'before anything is typed'
  check_files 'before anything is typed'
}

# check_nothing_left WHEN PID: after the end of session PID
check_nothing_left () {
  wait_until 20 "$1: the session is still there" is_gone "$2"
  wait_until 60 "$1: there is no next session" has_two_sessions
  check_processes "$1"
  check_files "$1"
}

# ---- what is stored, and what is logged, against the table of app/ctl/privacy-table.c

# is_in_table FILE: whether a row names it; FILE begins with STATE/, CACHE/, RUN/ or DESK/
is_in_table () {
  while read -r kind _ pattern; do
    [ "$kind" = file ] || continue
    # shellcheck disable=SC2254 # a pattern
    case $1 in $pattern) return 0 ;; esac
  done <"$aside/patterns"
  return 1
}

# check_table WHEN [DESK]: every file of the folders of the kiosk, and of the mediator's console, has a row; so has every field of
# a line of the log
check_table () {
  "$work/root/usr/bin/parvisctl" privacy patterns >"$aside/patterns"
  grep -q '^file ' "$aside/patterns" && grep -q '^log ' "$aside/patterns" || give_up 'there is no table'
  ! is_in_table STATE/outbox/diary.txt || check_failed "$1: the table names everything"
  {
    (cd "$work/run/state" && find . ! -type d \( -path './portal/*' -o -path './cache/*' -o -print \)) | sed 's,^\.,STATE,'
    (cd "$work/run/state/cache" && find . ! -type d) | sed 's,^\.,CACHE,'
    (cd "$work/run/services" && find . ! -type d) | sed 's,^\.,RUN,'
    [ -z "${2-}" ] || (cd "$2" && find . ! -type d) | sed 's,^\.,DESK,'
  } >"$aside/stored"
  while IFS= read -r file; do
    is_in_table "$file" || check_failed "$1: $file is stored, and no row of the table names it"
  done <"$aside/stored"
  [ "$(grep -c '^STATE/' "$aside/stored")" -ge 2 ] || check_failed "$1: hardly anything is stored; did anybody file?"
  say "$1: $(wc -l <"$aside/stored") stored files, all in the table"
  sed -n 's/^log //p' "$aside/patterns" >"$aside/fields"
  cat "$work/run/"*.log | grep -E '^(<[0-9]>)?parvis[a-z-]*: [a-z-]+( |$)' | grep -v ': bad-settings ' | tr ' ' '\n' |
    sed -n 's/^\([a-z][a-z-]*\)=.*/\1/p' | sort -u >"$aside/logged"
  while IFS= read -r field; do
    grep -qx -e "$field" "$aside/fields" || check_failed "$1: the field $field is logged, and is not in the table"
  done <"$aside/logged"
  [ -s "$aside/logged" ] || check_failed "$1: nothing is logged"
  say "$1: fields logged: $(tr '\n' ' ' <"$aside/logged")"
}
