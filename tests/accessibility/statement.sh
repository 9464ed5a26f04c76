#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# statement.sh BUILD: prints the accessibility statement (kiosk-config/accessibility-statement.md), clause by clause, from what the
# tests in BUILD said last: "conforme" only where each test that proves a clause has passed there.
# statement.sh --check BUILD: fails if a proof names a test that does not exist.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
check=no
[ "${1-}" != --check ] || { check=yes; shift; }
[ $# -eq 1 ] || { sed -n '5,7s/^# *//p' "$0" >&2; exit 2; }
build=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# One test a line: its name, and how it ended.
if [ "$check" = yes ]; then
  meson introspect --tests "$build" | tr ',' '\n' | sed -n 's/^ *{\{0,1\}"name": *"\([^"]*\)".*/\1 EXISTS/p' >"$work/tests"
else
  sed -n 's/^{"name": *"\([^"]*\)".*"result": *"\([A-Z]*\)".*/\1 \2/p' "$build/meson-logs/testlog.json" |
    sed 's,.* / ,,' >"$work/tests"
fi
grep -v -e '^#' -e '^$' "$here/clauses.txt" >"$work/clauses"
awk -F ' *[|] *' -v check="$check" -v tests="$work/tests" -f "$here/statement.awk" "$work/clauses"
