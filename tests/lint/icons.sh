#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Icons are line drawings of one colour on a grid of 48, small, and listed in the resources.
. "$(dirname "$0")/lib.sh"
project_files | grep '^resources/icons/' | while IFS= read -r file; do
  name=$(basename "$file")
  printf '%s\n' "$name" | grep -qE '^pv-[a-z-]+-symbolic\.svg$' || found "$file: not named pv-NAME-symbolic.svg"
  grep -q "<file>icons/$name</file>" resources/parvis.gresource.xml || found "$file: not in parvis.gresource.xml"
  grep -q 'viewBox="0 0 48 48" fill="none" stroke="#14213D" stroke-width="3"' "$file" ||
    found "$file: wrong grid, colour or line"
  [ "$(grep -oE '#[0-9A-Fa-f]{3,8}' "$file" | wc -l)" -eq 1 ] || found "$file: the colour is written once, at the root"
  grep -nE '<(text|image|style|linearGradient|script|use)|fill="[^n]' "$file" | sed "s,^,$file:," >>"$findings" || true
  [ "$(wc -c <"$file")" -le 4096 ] || found "$file: above 4 kB"
done
if command -v rsvg-convert >/dev/null; then
  project_files | grep '^resources/icons/' | while IFS= read -r file; do
    rsvg-convert "$file" >/dev/null 2>&1 || found "$file: rsvg-convert cannot draw it"
  done
fi
finish
