#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Each field of a line of the log stands in the table of what is stored (app/ctl/privacy-table.c), and each of that table is one
# that something logs. "cause" and "domain" are made by platform/log itself.
. "$(dirname "$0")/lib.sh"
table=app/ctl/privacy-table.c
work=$(mktemp -d)
trap 'rm -rf "$work" "$findings"' EXIT
project_files | grep -E '^app/.*\.[ch]$' | grep -v '^app/platform/log\.h$' |
  xargs -r grep -HoE 'PV_LOG_(INT|WORD) ?\("[^"]*"' /dev/null | sed 's/:PV_LOG_[A-Z]* *("/ /; s/"$//' | sort -u >"$work/logged"
: >"$work/listed"
[ ! -f "$table" ] || sed -n '/pv_privacy_log_fields\[\]/,/^};/s/^  { "\([a-z-]*\)",.*/\1/p' "$table" | sort >"$work/listed"
while read -r file field; do
  grep -qx -e "$field" "$work/listed" || found "$file: \"$field\" is logged, and $table does not say what it is"
done <"$work/logged"
while IFS= read -r field; do
  case $field in cause|domain) continue ;; esac
  cut -d ' ' -f 2 "$work/logged" | grep -qx -e "$field" || found "$table: nothing logs \"$field\" any more"
done <"$work/listed"
finish
