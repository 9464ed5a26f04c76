#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usb.sh SOURCE: usbguard reads the rules, and devices are judged by them as they must be. TAP. The parser is usbguard's; which rule
# fits a device is decided here, by what its manual says of "equals", "one-of" and "all-of".
set -eu
source=$1
over=$source/kiosk-config/lockdown/root
rules=$source/kiosk-config/lockdown/usbguard.rules
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
n=0
told () {
  n=$((n + 1))
  if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; fi
}

grep -Ev '^(#|$)' "$rules" >"$work/rules"
if command -v usbguard-rule-parser >/dev/null; then
  status=0
  usbguard-rule-parser -f "$rules" >"$work/parsed" 2>&1 || status=1
  [ "$(grep -c '^OUTPUT: .' "$work/parsed")" -eq "$(wc -l <"$work/rules")" ] || status=1
  [ "$status" -eq 0 ] || sed 's/^/# /' "$work/parsed"
  told $status "usbguard reads $(wc -l <"$work/rules") rules"
  status=0
  ! usbguard-rule-parser 'allow everything' >"$work/none" 2>&1 || status=1
  told $status 'usbguard refuses what is no rule'
else
  echo '# usbguard is not here: its parser was not asked'
fi

# judge ID INTERFACE...: what the first rule that fits does; block, if none does.
judge () {
  device=$1
  shift
  awk -v id="$device" -v have="$*" -v serial="${serial-}" -v hash="${hash-}" '
    function fits(pattern, interface,   p, i, k) {
      split(pattern, p, ":"); split(interface, i, ":")
      for (k = 1; k <= 3; k++) if (p[k] != "*" && p[k] != i[k]) return 0
      return 1
    }
    function has(pattern,   k) { for (k = 1; k <= n; k++) if (fits(pattern, interface[k])) return 1; return 0 }
    BEGIN { n = split(have, interface, " ") }
    {
      ok = 1; operator = ""; count = 0; hits = 0
      for (f = 2; f <= NF; f++) {
        if ($f == "id") { if ($(++f) != id) ok = 0 }
        else if ($f == "serial") { if ($(++f) != "\"" serial "\"") ok = 0 }
        else if ($f == "hash") { if ($(++f) != "\"" hash "\"") ok = 0 }
        else if ($f == "with-interface") { operator = $(++f); f++ ; while ($(++f) != "}") { count++; if (has($f)) hits++ } }
      }
      if (operator == "one-of" && hits == 0) ok = 0
      if (operator == "all-of" && hits < count) ok = 0
      if (operator == "equals" && (hits < count || count != n)) ok = 0
      if (ok) { print $1; found = 1; exit }
    }
    END { if (!found) print "block" }' "$work/rules"
}
while IFS='|' read -r what device interfaces wanted; do
  # shellcheck disable=SC2086 # a list
  got=$(judge "$device" $interfaces)
  status=0
  [ "$got" = "$wanted" ] || { echo "# it was $got"; status=1; }
  told $status "$what: $wanted"
done <<TABLE
a stick|0781:5567|08:06:50|reject
a disk with its newer protocol|0bc2:ab24|08:06:50 08:06:62|reject
a stick that is also a keyboard|0781:5567|08:06:50 03:01:01|reject
a keyboard|046d:c31c|03:01:01|block
a keyboard that does not say so|1b4f:9206|03:00:00|block
a network on a stick|0bda:8153|02:06:00 0a:00:00|reject
a telephone as a network|18d1:4ee3|e0:01:03 0a:00:00|reject
a radio|0a12:0001|e0:01:01 e0:01:01|reject
a telephone with pictures|18d1:4ee1|06:01:01|reject
a device that can be reprogrammed|1d50:6089|fe:01:01|reject
a printer that is also a keyboard|04b8:0202|07:01:02 03:01:01|reject
a reader's number on a keyboard|072f:2200|0b:00:00 03:01:01|reject
a serial line|0403:6001|ff:ff:ff|block
a thermal printer|04b8:0202|07:01:02|allow
a hub|1d6b:0002|09:00:00|allow
a card reader|072f:2200|0b:00:00|allow
another card reader|04e6:5591|ff:ff:ff|allow
TABLE

# Keys of the service screen: one stick is let in, by what it is, and no other.
mkdir -p "$work/kiosk/usr/share/parvis" "$work/kiosk/usr/lib/modprobe.d"
cp -r "$source/kiosk-config/lockdown" "$work/kiosk/usr/share/parvis/"
cp "$over/usr/lib/modprobe.d/parvis-kiosk.conf" "$work/kiosk/usr/lib/modprobe.d/"
enrol=$source/kiosk-config/lockdown/enrol-service-key
behind='parent-hash "cGFyZW50" via-port "1-2"'
cat >"$work/policy" <<POLICY
allow id 1d6b:0002 serial "0000:00:14.0" name "xHCI" hash "aHVi" parent-hash "cGFyZW50" with-interface 09:00:00
allow id 0951:1666 serial "60A44C413C5A" name "Data Traveler" hash "c3RpY2s=" $behind with-interface 08:06:50 with-connect-type "hotplug"
allow id 0781:5567 serial "" name "Blade" hash "bm9uZQ==" $behind with-interface 08:06:50 with-connect-type "hotplug"
allow id 0781:5591 serial "4C53" name "Extreme" hash "dWFz" $behind with-interface { 08:06:50 08:06:62 } with-connect-type "hotplug"
allow id 1b4f:9206 serial "BAD" name "Ducky" hash "YmFk" $behind with-interface { 08:06:50 03:01:01 } with-connect-type "hotplug"
POLICY
status=0
"$enrol" --root "$work/kiosk" --policy "$work/policy" >"$work/enrolled" || status=1
[ "$(cat "$work/enrolled")" = 'allow id 0951:1666 serial "60A44C413C5A"' ] || { sed 's/^/# /' "$work/enrolled"; status=1; }
told $status 'of what is plugged in, the stick with a serial number that is nothing else is enrolled'
status=0
grep -v '1666' "$work/policy" >"$work/others"
! "$enrol" --root "$work/kiosk" --policy "$work/others" >/dev/null 2>&1 || status=1
told $status 'without such a stick nothing is enrolled'
if command -v usbguard-rule-parser >/dev/null; then
  status=0
  usbguard-rule-parser -f "$work/kiosk/etc/parvis/usbguard.rules" >"$work/parsed" 2>&1 || { sed 's/^/# /' "$work/parsed"; status=1; }
  told $status 'usbguard reads them with the rule of the key'
fi
mv "$work/rules" "$work/rules-without"
grep -Ev '^(#|$)' "$work/kiosk/etc/parvis/usbguard.rules" >"$work/rules"
while IFS='|' read -r what device serial hash interfaces wanted; do
  # shellcheck disable=SC2086 # a list
  got=$(judge "$device" $interfaces)
  status=0
  [ "$got" = "$wanted" ] || { echo "# it was $got"; status=1; }
  told $status "$what: $wanted"
done <<TABLE
the key|0951:1666|60A44C413C5A|c3RpY2s=|08:06:50|allow
the same kind of stick with another serial number|0951:1666|60A44C413C5B|c3RpY2s=|08:06:50|reject
a stick that says the serial number of the key|0951:1666|60A44C413C5A|YW5vdGhlcg==|08:06:50|reject
the key with a keyboard in it|0951:1666|60A44C413C5A|c3RpY2s=|08:06:50 03:01:01|reject
another stick where keys are in use|0781:5567|1|b3RoZXI=|08:06:50|reject
a card reader where keys are in use|072f:2200|1|b3RoZXI=|0b:00:00|allow
TABLE
mv "$work/rules-without" "$work/rules"
unset serial hash
status=0
config=$work/kiosk/etc/parvis/usbguard-daemon.conf
grep -qx 'RuleFile=/etc/parvis/usbguard.rules' "$config" || status=1
[ "$(diff "$config" "$source/kiosk-config/lockdown/usbguard-daemon.conf" | grep -c '^[<>]')" -eq 2 ] || status=1
grep -q -- '-c /etc/parvis/usbguard-daemon.conf$' "$work/kiosk/etc/systemd/system/usbguard.service.d/95-service-key.conf" || status=1
[ "$(diff "$work/kiosk/etc/modprobe.d/parvis-kiosk.conf" "$over/usr/lib/modprobe.d/parvis-kiosk.conf" | grep '^[<>]')" = \
  '> install usb_storage /bin/false' ] || status=1
told $status 'what changes is the list of rules, and the driver of sticks'

# Readers are those that the rule of udev gives to the sessions.
status=0
for id in $(sed -n 's/^allow id \([0-9a-f:]*\).*/\1/p' "$work/rules"); do
  grep "\"${id%%:*}\"" "$over/usr/lib/udev/rules.d/95-parvis-kiosk.rules" | grep -q "${id##*:}" ||
    { echo "# $id is let in, but given to nobody"; status=1; }
done
told $status 'readers that are let in are those of the sessions'
echo "1..$n"
