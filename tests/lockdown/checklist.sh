#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# checklist.sh SOURCE: each row of kiosk-config/lockdown/checklist.txt has what bars the way, in the file that it names, and something
# that tries it. TAP: one point for a row. Some rows are tried here: lines of the unit that no program but systemd can try.
set -eu
source=$1
list=$source/kiosk-config/lockdown/checklist.txt
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# locate NAME: the file that a row means
locate () {
  case $1 in
    over:*) echo "$source/kiosk-config/lockdown/root/${1#over:}" ;;
    units:*) echo "$source/kiosk-config/units/${1#units:}" ;;
    lockdown:*) echo "$source/kiosk-config/lockdown/${1#lockdown:}" ;;
    *) echo "$source/$1" ;;
  esac
}

# says FILE TEXT: in a line that is not a comment; of a page, in any
says () {
  case $1 in
    *.md | *.c | *.h) grep -qF -- "$2" "$1" ;;
    *) grep -v '^#' "$1" | grep -qF -- "$2" ;;
  esac
}

# judge LIST: a line for each row
judge () {
  # A bar or a star that belongs to the text is written with a backslash.
  grep -Ev '^(#|$)' "$1" | sed 's/\\|/\f/g; s/\\\*/*/g; s/ *| */|/g' >"$work/rows"
  while IFS='|' read -r id surface file line test rest; do
    line=$(printf '%s' "$line" | tr '\f' '|')
    why=''
    [ -n "$test" ] && [ -z "$rest" ] || why="$why; not five parts"
    [ "$(grep -c "^$id|" "$work/rows")" -eq 1 ] || why="$why; the name is not its own"
    path=$(locate "$file")
    if [ ! -f "$path" ]; then why="$why; no file $file"
    elif ! says "$path" "$line"; then why="$why; $file does not say: $line"; fi
    case $test in
      'image: '?*) ;;
      *:*)
        if [ ! -f "$source/tests/${test%%:*}" ]; then why="$why; no test ${test%%:*}"
        elif ! grep -qF -- "${test#*:}" "$source/tests/${test%%:*}"; then why="$why; the test lacks: ${test#*:}"; fi ;;
      *) why="$why; no test" ;;
    esac
    if [ -z "$why" ]; then echo "ok|$id: $surface"; else echo "not ok|$id${why#;}"; fi
  done <"$work/rows"
}

judge "$list" >"$work/judged"
n_rows=$(wc -l <"$work/rows")
cat >"$work/wrong" <<'LIST'
nowhere | a | units:no.service | LimitCORE=0 | lockdown/exposure.sh:exposure
unsaid | a | units:parvis-kiosk.service | ProtectEverything=yes | lockdown/exposure.sh:exposure
comment | a | units:parvis-kiosk.service | SPDX-License-Identifier | lockdown/exposure.sh:exposure
untried | a | units:parvis-kiosk.service | LimitCORE=0 | lockdown/nothing.sh:exposure
elsewhere | a | units:parvis-kiosk.service | LimitCORE=0 | lockdown/exposure.sh:a word that is not there
short | a | units:parvis-kiosk.service | LimitCORE=0
twice | a | units:parvis-kiosk.service | LimitCORE=0 | image: x
twice | a | units:parvis-kiosk.service | LimitCORE=0 | image: x
LIST
judge "$work/wrong" >"$work/found"
[ "$(grep -c '^not ok' "$work/found")" -eq 8 ] || echo 'not ok|rows that are wrong are not found' >>"$work/judged"

# What the unit must say where nothing but systemd could try it; each is a row's.
for line in GTK_DEBUG LD_PRELOAD GSETTINGS_BACKEND=memory HOME=/run/parvis-kiosk LimitCORE=0 MemorySwapMax=0 DBUS_SESSION_BUS_ADDRESS \
  RuntimeDirectoryMode=0700 WLR_XWAYLAND=/bin/false credstore; do
  grep -v '^#' "$source/kiosk-config/units/parvis-kiosk.service" | grep -qF "$line" || echo "not ok|the unit lacks $line" >>"$work/judged"
done
for unit in "$source"/kiosk-config/units/*.service; do
  grep -qx 'LimitCORE=0' "$unit" || echo "not ok|${unit##*/} may dump its memory" >>"$work/judged"
  ! grep -q '^PassEnvironment=' "$unit" || echo "not ok|${unit##*/} takes what others set" >>"$work/judged"
done
grep -qx 'pcscd.socket' "$source/kiosk-config/lockdown/masks" || echo 'not ok|pcscd may hold the reader' >>"$work/judged"
# Nothing that runs other programs is among what may run, and cage is not told to let consoles be switched.
for path in $(sed -n 's/^ExecPaths=//p' "$source/kiosk-config/units/parvis-kiosk.service"); do
  case $path in
    /usr/bin/cage | /usr/bin/false | /usr/bin/parvis | /usr/libexec/parvis | /usr/lib | /usr/lib64) ;;
    *) echo "not ok|ExecPaths= lets $path run" >>"$work/judged" ;;
  esac
done
! grep -q '^ExecStart=.*cage .*-[a-z]*s' "$source/kiosk-config/units/parvis-kiosk.service" ||
  echo 'not ok|cage lets consoles be switched' >>"$work/judged"

awk -F '|' '{ print $1 " " NR " - " $2 } END { print "1.." NR }' "$work/judged"
printf '# {"name": "ways out on the list", "value": %s, "unit": "rows, %s of them for a booted machine"}\n' "$n_rows" "$(grep -c '| image: ' "$list")"
! grep -q '^not' "$work/judged"
