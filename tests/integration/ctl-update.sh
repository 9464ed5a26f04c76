#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# ctl-update.sh PARVISCTL: what the scripts of the image ask of it. TAP.
set -eu
ctl=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/conf" "$work/update"
n=0
told () {
  n=$((n + 1))
  if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; sed 's/^/# /' "$work/said"; fi
}
settings () { printf '%s\n' '[commune]' 'timezone=Europe/Paris' '[update]' "$@" >"$work/conf/10.conf"; }
# ask WORD...: status and words
ask () {
  status=0
  words=$("$ctl" --config "$work/conf" update "$@" 2>"$work/said") || status=$?
  echo "status $status: $words" >>"$work/said"
}
at () { TZ=Europe/Paris date -d "$1" +at=%H:%M; }

settings "$(at now)" spread-minutes=0
ask due "$work/update"
good=0
[ "$status" -eq 1 ] && [ -z "$words" ] || good=1
told $good 'without an address it is never the hour'

settings "$(at '5 minutes ago')" spread-minutes=0 url=https://images.example.org/parvis
ask due "$work/update"
good=0
[ "$status" -eq 0 ] && [ "$words" -gt 10000 ] && [ "$words" -le 10560 ] || good=1
told $good 'it is the hour, and how much is left of the three'

touch "$work/update/looked"
ask due "$work/update"
good=0
[ "$status" -eq 1 ] || good=1
told $good 'once it has looked, no more'

touch -d '25 hours ago' "$work/update/looked"
settings "$(at '4 hours ago')" spread-minutes=0 url=https://images.example.org/parvis
ask due "$work/update"
good=0
[ "$status" -eq 0 ] && [ "$words" = 0 ] || good=1
told $good 'a kiosk that was off at that hour looks, without time to restart'

ask fetch "$work/update"
good=0
[ "$status" -eq 0 ] && [ "$words" = https://images.example.org/parvis/ ] || good=1
told $good 'a web server is named, with a slash at the end'

ask tell "$work/update" success 'version 2 runs'
good=0
[ "$status" -eq 0 ] || good=1
told $good 'without a hawkBit nobody has to be told'

printf 's3cret\n' >"$work/token"
chmod 600 "$work/token"
settings hawkbit-url=http://127.0.0.1:9 hawkbit-controller=kiosk-1 "hawkbit-token-file=$work/token"
ask fetch "$work/update"
good=0
[ "$status" -eq 1 ] && [ -z "$words" ] && ! grep -q s3cret "$work/said" || good=1
told $good 'a hawkBit that is not there is said, and its token is not'

good=0
for wrong in 'due' 'fetch' 'fetch relative' 'tell' "tell $work/update" "tell $work/update maybe words" 'confirm now'; do
  # shellcheck disable=SC2086 # words
  ask $wrong
  [ "$status" -eq 2 ] || { good=1; echo "$wrong: $status"; }
done
told $good 'wrong words are wrong usage'
echo "1..$n"
