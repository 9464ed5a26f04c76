#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Scripts are for the POSIX shell, can be read by it, and can be started.
. "$(dirname "$0")/lib.sh"
project_files | while IFS= read -r file; do
  case $(head -c 40 "$file" | head -n 1 | tr -d '\000') in
  '#!/bin/sh')
    sh -n "$file" 2>>"$findings" || found "$file: does not parse"
    [ -x "$file" ] || found "$file: not executable"
    ;;
  # Debian wants its rules to be a makefile.
  '#!/usr/bin/make -f') [ "$file" = kiosk-config/debian/rules ] || found "$file: not for /bin/sh" ;;
  '#!'*) found "$file: not for /bin/sh" ;;
  esac
done
finish
