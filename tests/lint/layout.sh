#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The top level holds these names and no other.
. "$(dirname "$0")/lib.sh"
project_files | cut -d/ -f1 | LC_ALL=C sort -u | while IFS= read -r name; do
  case $name in
  app | ui | resources | po | kiosk-config | tests | meson.build | meson_options.txt | README.md) ;;
  LICENSES | COPYING | publiccode.yml | .ci | .reuse | .clang-format | .editorconfig | .gitattributes | .gitignore) ;;
  *) found "$name: not a name of the top level" ;;
  esac
done
finish
