#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A file above 500 lines is a reason to think, above 800 it must be split. Data files and tables may be longer.
. "$(dirname "$0")/lib.sh"
c_files | while IFS= read -r file; do
  lines=$(wc -l <"$file")
  if [ "$lines" -gt 800 ]; then
    found "$file: $lines lines, split it"
  elif [ "$lines" -gt 500 ]; then
    printf 'notice: %s: %s lines\n' "$file" "$lines"
  fi
done
finish
