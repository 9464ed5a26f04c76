#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# statement.sh BUILD: prints the accessibility statement, clause by clause, from what the tests in BUILD said last: "conforme" only
# where each test that proves a clause has passed there. Of a whole run it goes to kiosk-config/accessibility-statement.md.
# statement.sh --check BUILD [FILE]: fails if a proof names a test that does not exist, or if FILE is not what a run would write
# in which all of them pass.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mode=write
[ "${1-}" != --check ] || { mode=check; shift; }
[ $# -eq 1 ] || { [ $# -eq 2 ] && [ "$mode" = check ]; } || { sed -n '5,8s/^# *//p' "$0" >&2; exit 2; }
build=$1 file=${2-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# One test a line: its name, and how it ended.
if [ "$mode" = check ]; then
  meson introspect --tests "$build" | tr ',' '\n' | sed -n 's/^ *{\{0,1\}"name": *"\([^"]*\)".*/\1 OK/p' >"$work/tests"
else
  sed -n 's/^{"name": *"\([^"]*\)".*"result": *"\([A-Z]*\)".*/\1 \2/p' "$build/meson-logs/testlog.json" |
    sed 's,.* / ,,' >"$work/tests"
fi
grep -v -e '^#' -e '^$' "$here/clauses.txt" >"$work/clauses"

# table MODE
table () {
  awk -F ' *[|] *' -v check="$1" -v tests="$work/tests" -f "$here/statement.awk" "$work/clauses"
}

write () {
  cat "$here/statement-head.md"
  table no
  sed 1,2d "$here/statement-tail.md" # the licence is said once
}

if [ "$mode" = write ]; then
  write
  exit
fi
table yes
if [ -n "$file" ]; then
  write >"$work/statement"
  diff -u "$file" "$work/statement" || {
    echo "$file is not what tests/accessibility/statement.sh writes of a whole run in which each test passes."
    exit 1
  }
fi
