#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Every C file is as clang-format 14 lays it out. Other versions differ in details, so without 14 the check is skipped.
. "$(dirname "$0")/lib.sh"
for tool in clang-format-14 clang-format; do
  if "$tool" --version 2>/dev/null | grep -q 'version 14\.'; then
    c_files | while IFS= read -r file; do
      "$tool" --dry-run -Werror "$file" 2>/dev/null || found "$file: run clang-format-14 -i"
    done
    finish
    exit
  fi
done
exit 77
