#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# pseudo.sh ROOT MO: compiles the pseudo-language, English made 40 % longer.
set -eu
here=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sh "$here/extract.sh" "$1" "$work/parvis.pot"
msgen --force-po --no-wrap -o "$work/en.po" "$work/parvis.pot"
awk -f "$here/pseudo.awk" "$work/en.po" >"$work/qps.po"
msgfmt -o "$2" "$work/qps.po"
