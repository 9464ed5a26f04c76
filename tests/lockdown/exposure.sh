#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# exposure.sh SOURCE: no unit is exposed more than it may, and each is counted. TAP.
set -eu
source=$1
here=$source/tests/lockdown
command -v systemd-analyze >/dev/null || { echo '1..0 # SKIP no systemd-analyze'; exit 0; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

n=0
# told STATUS WHAT
told () {
  n=$((n + 1))
  if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; fi
}
exposure () { systemd-analyze security --offline=true --no-pager "$1" | sed -n 's/^.*exposure level for .*: \([0-9.]*\) .*/\1/p'; }
holds () { systemd-analyze security --offline=true --no-pager --threshold="$2" "$1" >/dev/null; }

grep -v '^#' "$here/exposures.txt" >"$work/table"
while IFS='|' read -r unit bound lines; do
  status=0
  holds "$source/$unit" "$bound" || status=1
  told $status "$unit: $(exposure "$source/$unit") of at most $((bound / 10)).$((bound % 10))"
  printf '# {"name": "exposure of %s", "value": %s, "unit": "of 10"}\n' "${unit##*/}" "$(exposure "$source/$unit")"
  printf '%s\n' "$lines" | tr ';' '\n' >"$work/lines"
  status=0
  while IFS= read -r line; do
    grep -qxF "$line" "$source/$unit" || { echo "# $unit lacks $line"; status=1; }
  done <"$work/lines"
  told $status "$unit: what it must say"
done <"$work/table"

# No unit is left out.
status=0
for unit in "$source"/kiosk-config/*/*.service; do
  grep -qF "${unit#"$source"/}|" "$work/table" || { echo "# not in exposures.txt: $unit"; status=1; }
done
told $status 'every unit has a bound'

# The bound can be missed: the compositor with the network, and without any of it.
mkdir "$work/open"
sed 's/^PrivateNetwork=yes/PrivateNetwork=no/; s/^SystemCallFilter=.*//; s/^PrivateUsers=yes//; s/^NoNewPrivileges=yes//' \
  "$source/kiosk-config/units/parvis-kiosk.service" >"$work/open/parvis-kiosk.service"
status=0
! holds "$work/open/parvis-kiosk.service" 15 || status=1
told $status "the same compositor with less: $(exposure "$work/open/parvis-kiosk.service"), refused"

# A word that systemd does not know is ignored by it, and protects nothing. The programs need not be installed for this.
status=0
for unit in "$source"/kiosk-config/units/*.service; do
  sed 's,^\(Exec[A-Za-z]*=\)/[^ ]*,\1/bin/true,; /^Documentation=/d' "$unit" >"$work/${unit##*/}"
done
systemd-analyze verify --man=no "$work"/*.service >"$work/verify" 2>&1 || true
if grep -E 'parvis-[a-z]*\.service:[0-9]+:|Unknown|Invalid' "$work/verify" >"$work/bad"; then
  sed 's/^/# /' "$work/bad"
  status=1
fi
told $status 'systemd knows every word of the units'
printf '[Service]\nExecStart=/bin/true\nProtectEverything=yes\n' >"$work/parvis-wrong.service"
status=0
systemd-analyze verify --man=no "$work/parvis-wrong.service" 2>&1 | grep -q 'parvis-wrong.service:3:' || status=1
told $status 'a word that systemd does not know is found'
echo "1..$n"
