#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# install.sh: what a stick does to the disks of a machine, without a machine: the disks are files, and so is what the kernel says of
# them. The stick is one of kiosk-config/image/make-stick. Needs no rights. TAP.
set -eu
source=$(cd "$(dirname "$0")/../.." && pwd)
image=$source/kiosk-config/image
PATH=$PATH:/usr/sbin:/sbin
export SOURCE_DATE_EPOCH=1764547200 MTOOLS_SKIP_CHECK=1
work=$(mktemp -d -p /var/tmp parvis-install.XXXXXX)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
n=0
told () {
  n=$((n + 1))
  if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; sed 's/^/# /' "$work/out" "$work/err" | tail -n 12; fi
}

# ---- a slot, a stick of it, and a disk as make-disk makes it
slot=$work/parvis_7
some () { head -c "$1" /dev/urandom >"$2"; }
some 37003264 "$slot.squashfs"
some 299008 "$slot.verity"
some 1500001 "$slot.efi"
some 90001 "$work/loader.efi"
sha256sum <"$slot.squashfs" | cut -d ' ' -f 1 | tr -d '\n' >"$slot.roothash"
"$image/make-disk" "$work/wanted" "$work/loader.efi" "$slot"
# Any program serves in the place of systemd's stub: nobody starts it here.
"$image/make-stick" "$work/stick" "$work/loader.efi" /bin/true "$slot"
mcopy -n -i "$work/stick@@1M" ::/loader/addons/install.addon.efi "$work/addon"
grep -a -o 'parvis\.install=[ -~]*' "$work/addon" >"$work/line"

# ---- the machine
root=$work/root sys=$work/root/sys/class/block
mkdir -p "$root/dev/mapper" "$root/proc" "$root/run" "$sys" "$root/sys/devices"
printf 'ro roothash=%s parvis.version=7 %s\n' "$(cat "$slot.roothash")" "$(cat "$work/line")" >"$root/proc/cmdline"
: >"$root/run/parvis-install"
# disk NAME MIB REMOVABLE MODEL
disk () {
  mkdir -p "$root/sys/devices/$1/queue" "$root/sys/devices/$1/device"
  echo $(($2 * 2048)) >"$root/sys/devices/$1/size"
  echo "$3" >"$root/sys/devices/$1/removable"
  echo 0 >"$root/sys/devices/$1/ro"
  echo 512 >"$root/sys/devices/$1/queue/logical_block_size"
  [ -z "$4" ] || echo "$4" >"$root/sys/devices/$1/device/model"
  ln -s "../../devices/$1" "$sys/$1"
  truncate -s "$2M" "$root/dev/$1"
}
# part DISK NAME NUMBER FILE
part () {
  mkdir "$root/sys/devices/$1/$2"
  echo "$3" >"$root/sys/devices/$1/$2/partition"
  echo $(($(stat -c %s "$4") / 512)) >"$root/sys/devices/$1/$2/size"
  ln -s "../../devices/$1/$2" "$sys/$2"
  ln -s "$4" "$root/dev/$2"
}
disk sda 4096 0 'Stick of a fair'
dd if="$work/stick" of="$work/esp" bs=1M skip=1 count=128 status=none
part sda sda1 1 "$work/esp"
part sda sda2 2 "$slot.squashfs"
part sda sda3 3 "$slot.verity"
mkdir -p "$root/sys/devices/dm-0/dm" "$root/sys/devices/dm-0/slaves"
echo root >"$root/sys/devices/dm-0/dm/name"
cat "$sys/sda2/size" >"$root/sys/devices/dm-0/size"
ln -s ../../sda/sda2 "$root/sys/devices/dm-0/slaves/sda2"
ln -s ../../devices/dm-0 "$sys/dm-0"
ln -s "$slot.squashfs" "$root/dev/mapper/root"
disk vda 2500 0 "$(printf 'A disk\twith a tab ')"
disk nvme0n1 2500 0 'Full disk'
echo 'label: gpt' | sfdisk --quiet "$root/dev/nvme0n1"
disk mmcblk0 2500 0 ''
printf x | dd of="$root/dev/mmcblk0" bs=1 seek=5000 conv=notrunc status=none
disk sdb 2500 1 'Another stick'
disk sr0 2500 1 'Disc'
disk loop0 2500 0 ''
disk sdc 2081 0 'Small disk'
disk sdd 2500 0 'No room'
ln -sf /dev/full "$root/dev/sdd"
disk sde 2500 0 'Forgets'
ln -sf /dev/null "$root/dev/sde"

install () { PV_INSTALL_ROOT=$root "$image/root/usr/lib/parvis/image/install" "$@" >"$work/out" 2>"$work/err"; }
# refused WORD COMMAND...: ends with 1 and that word alone
refused () {
  word=$1
  shift
  ! install "$@" && [ "$(cat "$work/err")" = "$word" ] && ! grep -q done "$work/out"
}
blank () { rm -f "$root/dev/vda"; truncate -s 2500M "$root/dev/vda"; }
is_blank () { cmp -s -n 2621440000 "$root/dev/vda" /dev/zero; }
at () { dd if="$root/dev/vda" bs=1M skip="$1" count=40 status=none; }
# What is in that partition of firmware, with sums.
firmware_of () {
  mdir -b -/ -i "$1@@1M" ::/ | grep -v '/$' | sort | while read -r path; do echo "$path $(mtype -i "$1@@1M" "$path" | sha256sum)"; done
}
# Numbers, types, places and names of the partitions; without what is new on each disk.
table_of () { sfdisk --dump "$1" 2>/dev/null | sed -n 's/^.*start=/start=/p' | sed 's/uuid=[^,]*, \(name="\(_empty\|parvis-esp\)"\)/\1/'; }
is_whole () {
  [ "$(table_of "$root/dev/vda")" = "$(table_of "$work/wanted")" ] && [ "$(firmware_of "$root/dev/vda")" = "$(firmware_of "$work/wanted")" ] &&
    [ -n "$(firmware_of "$root/dev/vda")" ] && at 257 | cmp -s -n 37003264 - "$slot.squashfs" && at 897 | cmp -s -n 299008 - "$slot.verity"
}
# Without a table the firmware looks for nothing.
does_not_start () { ! sfdisk --dump "$root/dev/vda" >/dev/null 2>&1; }

status=0
install list || status=1
printf 'mmcblk0\t2621440000\t-\tfull\nnvme0n1\t2621440000\tFull disk\tfull\nsdc\t2182086656\tSmall disk\tempty\n' >"$work/list"
printf 'sdd\t2621440000\tNo room\tempty\n' >>"$work/list"
printf 'vda\t2621440000\tA disk with a tab\tempty\n' >>"$work/list"
grep -v '^sde' "$work/out" | cmp -s - "$work/list" || status=1
told $status 'the list has the disks that are built in, with what is on them; not the stick, and nothing that is pulled out'

blank
status=0
install write vda || status=1
[ "$(tail -n 1 "$work/out")" = done ] && [ "$(tail -n 2 "$work/out" | head -n 1)" = 100 ] && [ "$(head -n 1 "$work/out")" = 0 ] || status=1
grep -v done "$work/out" | sort -n -u -c 2>/dev/null || status=1
is_whole || status=1
[ ! -s "$work/err" ] || status=1
told $status 'a blank disk becomes what make-disk makes; 0 to 100, then done'

some 3000000 "$work/old"
dd if="$work/old" of="$root/dev/vda" bs=1M seek=1 conv=notrunc status=none
status=0
install write vda || status=1
is_whole || status=1
told $status 'a disk that is full becomes the same'

blank
for row in 'is-the-stick sda' 'no-disk sdb' 'no-disk vda1' 'no-disk ../vda' 'no-disk sdz' 'no-disk loop0' 'too-small sdc' 'write-error sdd' 'write-error sde'; do
  status=0
  refused "${row% *}" write "${row#* }" || status=1
  told $status "${row#* }: ${row% *}"
done

status=0
rm "$root/run/parvis-install"
refused no-stick list || status=1
refused no-stick write vda || status=1
: >"$root/run/parvis-install"
told $status 'on a kiosk that runs from its disk there is nothing to install'

cp "$work/esp" "$work/esp.good"
status=0
some 1500001 "$work/other"
mcopy -o -i "$work/esp" "$work/other" ::/EFI/Linux/parvis_7.efi
refused read-error write vda || status=1
is_blank || status=1
told $status 'a stick whose kernel was changed is refused before the disk is touched'

cp "$work/esp.good" "$work/esp"
mcopy -n -i "$work/esp" ::/parvis/SHA256SUMS "$work/sums"
sed 's/^./0/' "$work/sums" >"$work/other"
mcopy -o -i "$work/esp" "$work/other" ::/parvis/SHA256SUMS
status=0
refused read-error write vda || status=1
is_blank || status=1
cp "$work/esp.good" "$work/esp"
told $status 'nor one whose sums are others'

status=0
for row in 'no usage|help' 'no usage|' 'no usage|write' 'no is-the-stick|write sda' 'no no-disk|write vda vdb' 'no no-disk|write $(id)' 'no usage|asked'; do
  printf '%s\n' "${row#*|}" | PV_INSTALL_ROOT=$root "$image/root/usr/lib/parvis/image/install" asked >"$work/out" 2>"$work/err" && status=1
  [ "$(cat "$work/out")" = "${row%%|*}" ] && [ ! -s "$work/err" ] || status=1
done
printf 'list\n' | PV_INSTALL_ROOT=$root "$image/root/usr/lib/parvis/image/install" asked >"$work/out" 2>"$work/err" || status=1
grep -q '^vda	' "$work/out" || status=1
is_blank || status=1
told $status 'asked with a line, it does what it says, and nothing else'

# Where no disk is to be seen, what root's socket answers is passed on. The socket is this test's.
walled=$work/walled
mkdir -p "$walled/run" "$walled/dev"
: >"$walled/run/parvis-install"
PV_INSTALL_ROOT=$root /usr/bin/python3 -c '
import socket, subprocess, sys
listener = socket.socket(socket.AF_UNIX)
listener.bind(sys.argv[1])
listener.listen()
while True:
    connection = listener.accept()[0]
    subprocess.run([sys.argv[2], "asked"], stdin=connection, stdout=connection)
    connection.close()' "$walled/run/parvis-install.sock" "$image/root/usr/lib/parvis/image/install" 2>/dev/null &
server=$!
trap 'kill $server 2>/dev/null || true; rm -rf "$work"' EXIT
until [ -S "$walled/run/parvis-install.sock" ]; do sleep 0.05; done
there=$root root=$walled status=0
install list || status=1
grep -q '^vda	' "$work/out" || status=1
refused is-the-stick write sda || status=1
refused usage help || status=1
install write vda || status=1
[ "$(tail -n 1 "$work/out")" = done ] && [ ! -s "$work/err" ] || status=1
root=$there
is_whole || status=1
kill $server
rm "$walled/run/parvis-install.sock"
root=$walled
refused no-stick list || status=1
root=$there
told $status 'within walls that hide the disks, the socket of root does the same'
blank

truncate -s 30000000 "$slot.squashfs"
dd if="$root/dev/vda" of="$work/none" count=0 status=none
status=0
refused read-error write vda || status=1
does_not_start || status=1
told $status 'a stick that breaks on the way: nothing of it starts'
dd if="$work/wanted" of="$slot.squashfs" bs=1M skip=257 count=36 status=none
truncate -s 37003264 "$slot.squashfs"

# Killed when it has said so much; on a disk that was a kiosk, so that what is left could start.
status=0 kills=0
install write vda || status=1
is_whole || status=1
for limit in 0 10 30 50 70 90 99; do
  # One of its own: what is killed may hold the other end for a moment.
  mkfifo "$work/said-$limit"
  PV_INSTALL_ROOT=$root setsid "$image/root/usr/lib/parvis/image/install" write vda >"$work/said-$limit" 2>"$work/err" &
  while read -r number; do
    [ "$number" != done ] || break
    [ "$number" -lt "$limit" ] || { kill -s KILL -- "-$!" 2>/dev/null && kills=$((kills + 1)); break; }
  done <"$work/said-$limit"
  wait $! 2>/dev/null || true
  # The table comes last: as long as it is not there, nothing starts; when it is there, all is.
  does_not_start || is_whole || { echo "# at $limit" >>"$work/err"; status=1; }
done
[ $kills -ge 6 ] || status=1
told $status "killed $kills times in the middle, the disk does not start, or is whole"
status=0
install write vda || status=1
is_whole || status=1
told $status 'and the next try makes it whole'
echo "1..$n"
