#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# hardening.sh FOLDER: every program below FOLDER is position-independent, its tables are read-only once it is loaded,
# and no memory of it is both written and run.
set -eu
programs=0 findings=0
found () {
  printf '%s\n' "$*" >&2
  findings=$((findings + 1))
}

list=$(mktemp)
facts=$(mktemp)
trap 'rm -f "$list" "$facts"' EXIT
find "$1" -type f -perm -u+x ! -name '*.so*' >"$list"
while IFS= read -r file; do
  LC_ALL=C readelf -hldW "$file" >"$facts" 2>/dev/null || continue
  programs=$((programs + 1))
  grep -q 'Type: *DYN' "$facts" || found "$file: not position-independent"
  grep -q 'GNU_RELRO' "$facts" || found "$file: no read-only relocations"
  grep -qE 'BIND_NOW|Flags:.*NOW' "$facts" || found "$file: symbols are bound late"
  grep -qE 'GNU_STACK.* RW  ' "$facts" || found "$file: the stack can be run"
  ! grep -qE ' RWE ' "$facts" || found "$file: memory is written and run"
  ! grep -qE '\((RPATH|RUNPATH)\)' "$facts" || found "$file: looks for libraries in a folder of its own"
done <"$list"
[ "$programs" -gt 0 ] || exit 77
[ "$findings" -eq 0 ]
