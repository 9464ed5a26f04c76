#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# ctl-manual.sh PARVISCTL PAGE...: each command of parvisctl has its page and completes, with all of its options; each page that is
# installed is one that there is, and roff has nothing to say against it. PAGE: the names that are installed.
set -eu
ctl=$1
shift
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
n=0
failed=0

# point TEXT, after the test itself: its status is that of the last command.
point () {
  status=$1
  n=$((n + 1))
  if [ "$status" -eq 0 ]; then echo "ok $n $2"; else echo "not ok $n $2"; failed=1; fi
}

printf '%s\n' "$@" | LC_ALL=C sort >"$folder/installed"
"$ctl" --man-pages | LC_ALL=C sort >"$folder/made"
status=0
diff "$folder/installed" "$folder/made" >&2 || status=1
point $status "what is installed is what there is"

while IFS= read -r page; do
  status=0
  "$ctl" --man "$page" >"$folder/page" || status=1
  if command -v groff >/dev/null; then
    groff -ww -man -Tutf8 -P-cbou "$folder/page" >"$folder/text" 2>"$folder/said" || status=1
    [ ! -s "$folder/said" ] || { cat "$folder/said" >&2; status=1; }
    grep -q DESCRIPTION "$folder/text" || status=1
  fi
  grep -q '^\.TH ' "$folder/page" || status=1
  point $status "$page is a page"
done <"$folder/made"

"$ctl" --help >"$folder/help"
"$ctl" --completion bash >"$folder/completion"
"$ctl" --commands >"$folder/commands"

# complete WORD...: what is offered after these.
complete () {
  bash -c '. "$1"; shift; COMP_WORDS=(parvisctl "$@" ""); COMP_CWORD=$(($# + 1)); _parvisctl; printf "%s\n" "${COMPREPLY[@]}"' \
    complete "$folder/completion" "$@"
}

while read -r first second; do
  status=0
  words=$first
  [ "$second" = - ] || words="$first $second"
  "$ctl" --man "parvisctl-$first" | sed 's/\\-/-/g' >"$folder/page" || status=1
  grep -q "^\.B parvisctl $words" "$folder/page" || status=1
  point $status "\"$words\" stands in its page"
  command -v bash >/dev/null || continue
  status=0
  complete >"$folder/offered"
  grep -qx -- "$first" "$folder/offered" || status=1
  complete --config /etc >"$folder/offered"
  grep -qx -- "$first" "$folder/offered" || status=1
  if [ "$second" != - ]; then
    complete "$first" >"$folder/offered"
    grep -qx -- "$second" "$folder/offered" || status=1
  fi
  # Its options are those of its line in the help.
  # shellcheck disable=SC2086
  complete $words >"$folder/offered"
  [ "$second" != - ] && next='( |$)' || next='( [^a-z]|$)'
  grep -E "^  $words$next" "$folder/help" | head -n 1 | grep -oE -e '--[a-z-]+' >"$folder/options" || true
  while IFS= read -r option; do
    grep -qx -- "$option" "$folder/offered" || { echo "$words: $option is not offered" >&2; status=1; }
  done <"$folder/options"
  point $status "\"$words\" completes"
done <"$folder/commands"
echo "1..$n"
exit $failed
