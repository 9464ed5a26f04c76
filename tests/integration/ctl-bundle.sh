#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# ctl-bundle.sh PARVISCTL: words of a citizen are planted wherever a kiosk keeps or could keep something (outbox, log of the
# assistance, follow records, cache, settings, journal, environment, names of files, what other programs say); none of them is in a
# support bundle, nor in what doctor, status and logs write. What belongs in it is there. The journal, systemctl and dpkg-query are
# stand-ins, since a test has no systemd.
set -eu
ctl=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
canary=Kanarivogel$$
mail=kanari$$@vogel.example
phone='06 39 98 17 45'
reference=BCDKNRVXZW
n=0
failed=0

point () {
  n=$((n + 1))
  if [ "$1" -eq 0 ]; then echo "ok $n $2"; else echo "not ok $n $2"; failed=1; fi
}

mkdir -p "$work/conf" "$work/state/outbox" "$work/state/assist" "$work/state/follow" "$work/state/printer" "$work/cache" \
  "$work/run" "$work/bin" "$work/tmp"
cat >"$work/conf/10.conf" <<END
[commune]
name=Montclair
greeting=Bonjour $canary
[contact]
email=$mail
phone=$phone
dpo=$canary, $mail
address=1 rue $canary
[portal]
url=http://127.0.0.1:1
name-id=$canary
origin=$canary
[assist]
mediators-phone=$phone
room-phone=0639981746
[printer]
uri=ipp://127.0.0.1:1/ipp/print
[paths]
state=$work/state
cache=$work/cache
runtime=$work/run
[procedure ecole]
email=$mail
phone=$phone
place=$canary
END
# Of each sort a name and a content; what is no container is counted, not shown.
for place in outbox assist follow printer; do
  printf '%s %s %s %s\n' "$canary" "$mail" "$phone" "$reference" >"$work/state/$place/$reference"
  printf '%s %s\n' "$canary" "$mail" >"$work/state/$place/$canary.box"
done
printf '%s\n' "$canary" >"$work/state/assist/audit-2026-12.log"
printf '%s\n' "$canary" >"$work/cache/catalogue"
printf '%s\n' "$canary" >"$work/cache/options-$canary"

stand_in () {
  cat >"$work/bin/$1"
  chmod +x "$work/bin/$1"
}
stand_in journalctl <<END
#!/bin/sh
echo "\$*" >>"$work/asked"
for unit in parvis-session parvis-courier parvis cupsd; do
  echo "2026-12-01T04:05:06+0100 $canary \$unit[12]: $canary said $mail"
  echo "2026-12-01T04:05:06+0100 borne \$unit[12]: event name=$canary phone=$phone"
  echo "2026-12-01T04:05:06+0100 borne \$unit[12]: printed ref=$reference"
done
echo "$canary"
echo "2026-12-01T04:05:07+0100 borne parvis[12]: session-crashed session=3 signal=11 status=0"
END
stand_in dpkg-query <<END
#!/bin/sh
echo "parvis 0.1.0"
echo "someone $mail"
END
export PATH="$work/bin:$PATH" CANARY="$canary $mail" LANG=C LC_ALL=C TMPDIR="$work/tmp"

bundle=$work/bundle.tar.gz
status=0
"$ctl" --config "$work/conf" support-bundle "$bundle" >"$work/said" 2>&1 || { status=1; cat "$work/said" >&2; }
point $status "a bundle is made"
status=0
[ "$(stat -c %a "$bundle")" = 600 ] || status=1
point $status "it is for its owner only"
mkdir "$work/out"
tar -xzf "$bundle" -C "$work/out"
status=0
(cd "$work/out" && find . -type f | LC_ALL=C sort | tr '\n' ' ') >"$work/names"
[ "$(cat "$work/names")" = "./README.txt ./doctor.json ./log.txt ./packages.txt ./settings.txt ./status.json ./units.txt ./version.txt " ] || {
  cat "$work/names" >&2
  status=1
}
point $status "nothing but the list is in it"
status=0
grep -q 'session-crashed session=3 signal=11' "$work/out/log.txt" || status=1
grep -q '^\[portal\] url = http://127.0.0.1:1 ' "$work/out/settings.txt" || status=1
grep -q '^\[contact\] email = (withheld) ' "$work/out/settings.txt" || status=1
grep -q '"id":"lock-down"' "$work/out/doctor.json" || status=1
grep -q '"outbox":' "$work/out/status.json" || status=1
grep -q '^parvis 0.1.0' "$work/out/packages.txt" || status=1
point $status "what helps is in it"

"$ctl" --config "$work/conf" doctor --json >"$work/out/doctor-said" 2>&1 || true
"$ctl" --config "$work/conf" doctor >"$work/out/doctor-text" 2>&1 || true
"$ctl" --config "$work/conf" status >"$work/out/status-text" 2>&1 || true
# -a: also where it would be within other bytes.
for word in "$canary" "$mail" "kanari$$" "$phone" 0639981745 0639981746 "$reference"; do
  status=0
  hits=$(grep -ralF -e "$word" "$work/out" "$work/said" || true)
  [ -z "$hits" ] || { echo "$word is in $hits" >&2; status=1; }
  point $status "no \"$word\""
done
# The search can find.
status=0
grep -ralF -e "$canary" "$work/state" >/dev/null || status=1
point $status "the words were there to be found"

status=0
grep -q -e '--unit=parvis-courier.service' "$work/asked" && ! grep -q -e '--unit=[^p]' "$work/asked" || status=1
point $status "the journal was asked for our own units only"
status=0
: >"$work/there"
"$ctl" --config "$work/conf" support-bundle "$work/there" >/dev/null 2>&1 && status=1
[ ! -s "$work/there" ] || status=1
point $status "never over a file that is there"
status=0
[ -z "$(ls -A "$TMPDIR")" ] || status=1
point $status "no folder is left"
echo "1..$n"
exit $failed
