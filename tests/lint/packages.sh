#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The Debian packages are built with what kiosk-config/packages/build.txt names (gcc and libc6-dev are there wherever
# packages are built), and have the version of meson.build.
. "$(dirname "$0")/lib.sh"
control=kiosk-config/debian/control
[ -e "$control" ] || exit 0
wanted=$(mktemp) named=$(mktemp)
trap 'rm -f "$findings" "$wanted" "$named"' EXIT

grep -v -e '^#' -e '^$' -e '^gcc$' -e '^libc6-dev$' kiosk-config/packages/build.txt | sed 's/|/ | /' | LC_ALL=C sort >"$wanted"
sed -n '/^Build-Depends:/,/^[A-Z]/p' "$control" | sed -n 's/^ \(.*[^,]\),*$/\1/p' | LC_ALL=C sort >"$named"
LC_ALL=C comm -3 "$wanted" "$named" | while IFS= read -r line; do
  found "Build-Depends of $control and kiosk-config/packages/build.txt differ: $line"
done

version=$(sed -n "s/^  version: '\(.*\)',$/\1/p" meson.build)
head -n 1 kiosk-config/debian/changelog | grep -qF "($version" || found "kiosk-config/debian/changelog: not of version $version"
finish
