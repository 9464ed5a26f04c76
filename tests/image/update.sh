#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# update.sh IMAGES: the update of a kiosk, without a machine: systemd-sysupdate of the image itself, in its own root, with the image's own
# definitions, writes the other slot of a disk that is a file. IMAGES is a folder of kiosk-config/image/build with root.tar, of the
# versions 1 and 2. Only the address of the server and the two places on the disk are others. Needs root rights. TAP.
set -eu
source=$(cd "$(dirname "$0")/../.." && pwd)
images=$1
if [ "${PV_IN_UPDATE-}" != 1 ]; then
  exec env PV_IN_UPDATE=1 unshare --mount --net --pid --fork --kill-child "$0" "$@"
fi
mount --make-rprivate /
ip link set lo up
work=$(mktemp -d -p /var/tmp parvis-update.XXXXXX)
clean_up () {
  cd /
  for folder in proc dev sys run tmp var; do umount -R -l "$work/root/$folder" 2>/dev/null || true; done
  rm -rf --one-file-system "$work"
}
trap clean_up EXIT
trap 'exit 1' INT TERM
root=$work/root
mkdir "$root" "$work/web"
tar -x -C "$root" -f "$images/root.tar"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount --rbind /sys "$root/sys"
mount -t tmpfs tmpfs "$root/run"
mount -t tmpfs tmpfs "$root/tmp"
mount -t tmpfs tmpfs "$root/var"
mkdir -p "$root/var/tmp" "$root/var/lib" "$root/run/definitions"

n=0
told () {
  n=$((n + 1))
  if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; sed 's/^/# /' "$work/log" | tail -n 12; fi
}

# The server, and who signs: a key of this test in the place of the maker's.
export GNUPGHOME="$work/keys"
mkdir -m 0700 "$GNUPGHOME"
for who in maker stranger; do gpg --quiet --batch --passphrase '' --quick-generate-key "$who" rsa3072 sign never 2>/dev/null; done
gpg --quiet --export maker >"$root/usr/lib/systemd/import-pubring.gpg"
half () { cut -c "$1" "$images/parvis_2.roothash"; }
data=parvis_2_$(half 1-32).squashfs tree=parvis_2_$(half 33-64).verity
publish () {
  rm -f "$work/web"/*
  cp "$images/parvis_2.squashfs" "$work/web/$data"
  cp "$images/parvis_2.verity" "$work/web/$tree"
  cp "$images/parvis_2.efi" "$work/web/"
  (cd "$work/web" && sha256sum -- * >SHA256SUMS)
  gpg --quiet --batch --local-user "$1" --output "$work/web/SHA256SUMS.gpg" --detach-sign "$work/web/SHA256SUMS"
}
/usr/bin/python3 -m http.server --bind 127.0.0.1 --directory "$work/web" 8080 >/dev/null 2>&1 &
for file in "$root"/usr/lib/parvis/image/update.d/*.transfer; do
  sed 's|@URL@|http://127.0.0.1:8080/|; s|^Path=auto|Path=/run/disk.img|; s|^Path=/EFI/Linux|Path=/run/esp|; /^PathRelativeTo/d' \
    "$file" >"$root/run/definitions/${file##*/}"
done

disk=$root/run/disk.img
fresh () {
  cp --sparse=always "$images/parvis_1.img" "$disk"
  rm -rf "$root/run/esp"
  mkdir "$root/run/esp"
  cp "$images/parvis_1.efi" "$root/run/esp/parvis_1+3.efi"
}
update () { chroot "$root" /usr/lib/systemd/systemd-sysupdate --definitions=/run/definitions update >"$work/log" 2>&1; }
start () { sfdisk --json "$disk" | /usr/bin/python3 -c '
import json, sys
for part in json.load(sys.stdin)["partitiontable"]["partitions"]:
    if part["name"] == sys.argv[1]:
        print(part["start"] * 512, part["uuid"].replace("-", "").lower())' "$1"; }
# holds LABEL FILE: that partition begins with the bytes of the file
holds () {
  at=$(start "$1" | cut -d ' ' -f 1)
  [ -n "$at" ] && cmp -s -n "$(stat -c %s "$2")" -i "$at:0" "$disk" "$2"
}
is_old () {
  [ ! -e "$(echo "$root"/run/esp/parvis_2*.efi)" ] && [ -e "$root/run/esp/parvis_1+3.efi" ] &&
    holds parvis_1 "$images/parvis_1.squashfs" && holds parvis_1_verity "$images/parvis_1.verity"
}

publish stranger
fresh
status=0
! update || status=1
is_old || status=1
told $status 'what a stranger signed is refused, and the disk is as it was'

publish maker
printf x | dd of="$work/web/$data" bs=1 seek=1000000 conv=notrunc status=none
fresh
status=0
! update || status=1
is_old || status=1
told $status 'a file that was changed on its way is refused; the loader does not see it, and the old slot is whole'

publish maker
fresh
status=0 kills=0
for wait in 0.1 0.3 0.6 1 1.5 2; do
  chroot "$root" /usr/lib/systemd/systemd-sysupdate --definitions=/run/definitions update >"$work/log" 2>&1 &
  pid=$!
  sleep $wait
  kill -KILL $pid 2>/dev/null && kills=$((kills + 1))
  wait $pid 2>/dev/null || true
  # Its child that fetches ends with the pipe, or here.
  for comm in /proc/[0-9]*/comm; do
    [ "$(cat "$comm" 2>/dev/null)" != systemd-pull ] || { comm=${comm#/proc/}; kill -KILL "${comm%/comm}" 2>/dev/null || true; }
  done
  holds parvis_1 "$images/parvis_1.squashfs" && holds parvis_1_verity "$images/parvis_1.verity" &&
    [ -e "$root/run/esp/parvis_1+3.efi" ] || status=1
done
[ "$kills" -ge 3 ] || status=1
told $status "killed $kills times in the middle, the slot that runs is whole each time"

status=0
update || status=1
holds parvis_2 "$images/parvis_2.squashfs" && holds parvis_2_verity "$images/parvis_2.verity" || status=1
[ "$(start parvis_2 | cut -d ' ' -f 2)" = "$(half 1-32)" ] && [ "$(start parvis_2_verity | cut -d ' ' -f 2)" = "$(half 33-64)" ] || status=1
cmp -s "$images/parvis_2.efi" "$root/run/esp/parvis_2+3-0.efi" || status=1
holds parvis_1 "$images/parvis_1.squashfs" && [ -e "$root/run/esp/parvis_1+3.efi" ] || status=1
told $status 'then the update is whole: the other slot, its names, three tries; the old one stays'

status=0
chroot "$root" /usr/lib/systemd/systemd-sysupdate --definitions=/run/definitions check-new >"$work/log" 2>&1 && status=1
told $status 'and nothing newer is there'

# What a hawkBit handed over lies in a folder of the kiosk.
sed -i 's|^Path=http://127.0.0.1:8080/|Path=file:///run/files/|' "$root"/run/definitions/*.transfer
mkdir "$root/run/files"
mount --bind "$work/web" "$root/run/files"
publish stranger
fresh
status=0
! update || status=1
is_old || status=1
told $status 'from a folder, what a stranger signed is refused, too'
publish maker
fresh
status=0
update || status=1
holds parvis_2 "$images/parvis_2.squashfs" && holds parvis_2_verity "$images/parvis_2.verity" &&
  cmp -s "$images/parvis_2.efi" "$root/run/esp/parvis_2+3-0.efi" || status=1
told $status 'from a folder, an update is whole in the same way'
echo "1..$n"
