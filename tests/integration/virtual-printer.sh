#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# virtual-printer.sh PRINTER: the virtual printer keeps what it is sent, refuses paper it does not have, fails on demand,
# and ends with the one who started it. 77 (skipped) where it cannot run.
set -eu
PATH=$PATH:/usr/sbin
for tool in ippeveprinter ipptool dbus-daemon; do command -v "$tool" >/dev/null || exit 77; done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Until a command succeeds, 10 s at most.
until_true () {
  tries=0
  until "$@" 2>/dev/null; do
    tries=$((tries + 1))
    [ "$tries" -lt 100 ] || { echo "in vain: $*" >&2; cat "$work/p/log" >&2 || true; exit 1; }
    sleep 0.1
  done
}
is_gone () { ! kill -0 "$1"; }

# Its parent is a shell of its own, which can die without it.
sh -c '"$1" "$2/p" & echo $! >"$2/pid"; exec sleep 60' sh "$1" "$work" &
parent=$!
until_true test -s "$work/p/uri"
uri=$(cat "$work/p/uri")

# print WIDTH LENGTH in hundredths of a millimetre
print () {
  cat >"$work/print.test" <<END
{
  NAME "print"
  OPERATION Print-Job
  GROUP operation-attributes-tag
  ATTR charset attributes-charset utf-8
  ATTR naturalLanguage attributes-natural-language en
  ATTR uri printer-uri \$uri
  ATTR name requesting-user-name test
  ATTR name job-name "$1x$2"
  ATTR mimeMediaType document-format application/pdf
  GROUP job-attributes-tag
  ATTR collection media-col { MEMBER collection media-size { MEMBER integer x-dimension $1 MEMBER integer y-dimension $2 } }
  FILE \$filename
  STATUS successful-ok
}
END
  ipptool -q -T 5 -f "$work/sent.pdf" "$uri" "$work/print.test"
}
job_ended () {
  cat >"$work/job.test" <<END
{
  NAME "job"
  OPERATION Get-Printer-Attributes
  GROUP operation-attributes-tag
  ATTR charset attributes-charset utf-8
  ATTR naturalLanguage attributes-natural-language en
  ATTR uri printer-uri \$uri
  ATTR keyword requested-attributes printer-state
  STATUS successful-ok
  EXPECT printer-state WITH-VALUE 3
}
END
  ipptool -q -T 5 "$uri" "$work/job.test"
}

printf '%%PDF-1.4\n%%%%EOF\n' >"$work/sent.pdf"
print 8000 14300
until_true job_ended
for size in '5800 20000' '11200 14300' '14800 21000' '21000 29700'; do
  # shellcheck disable=SC2086
  print $size
  until_true job_ended
done
for size in 8000x14300 5800x20000 11200x14300 14800x21000 21000x29700; do
  cmp "$work/sent.pdf" "$work"/p/documents/*-"$size".pdf
done
# Refused at once, or, where CUPS itself looks at no size, given up.
job_aborted () {
  cat >"$work/aborted.test" <<END
{
  NAME "aborted"
  OPERATION Get-Job-Attributes
  GROUP operation-attributes-tag
  ATTR charset attributes-charset utf-8
  ATTR naturalLanguage attributes-natural-language en
  ATTR uri printer-uri \$uri
  ATTR integer job-id 6
  ATTR name requesting-user-name test
  STATUS successful-ok
  EXPECT job-state WITH-VALUE 8
}
END
  ipptool -q -T 5 "$uri" "$work/aborted.test"
}
if print 5000 14300; then until_true job_aborted; fi

# Little paper does not hold a job up, and is told until a job finds it mended.
has_reason () {
  sed "s/EXPECT printer-state WITH-VALUE 3/EXPECT printer-state-reasons WITH-VALUE \"$1\"/; s/requested-attributes printer-state/requested-attributes printer-state-reasons/" \
    "$work/job.test" >"$work/reason.test"
  ipptool -q -T 5 "$uri" "$work/reason.test"
}
echo media-low >"$work/p/control/warn"
print 8000 14300
until_true has_reason '/^media-low.*/'
until_true job_ended
rm "$work/p/control/warn"
print 8000 14300
until_true has_reason none

# Off, it answers nobody.
is_mute () { ! ipptool -q -T 1 "$uri" "$work/job.test"; }
: >"$work/p/control/off"
until_true is_mute
rm "$work/p/control/off"
until_true job_ended

kill "$parent"
pid=$(cat "$work/pid")
until_true is_gone "$pid"
[ ! -e "$work/p/uri" ]
