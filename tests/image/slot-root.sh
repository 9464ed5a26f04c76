# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# slot-root.sh: read in by confirm.sh, night.sh and kills.sh. Debian 13 in a folder, without a machine: the scripts of the image run in
# it as they are, with its shell, bootctl, flock and systemd-sysupdate; the partition of the firmware is a folder, the boot loader is
# pick_slot below, which does to names of files what systemd-boot does. Sets root, work, and what the scripts see of the machine.
# shellcheck shell=sh

# make_root TAR: unpacks it below $work, in namespaces of who reads this in
make_root () {
  root=$work/root
  mkdir "$root"
  tar -x -C "$root" -f "$1"
  mount -t proc proc "$root/proc"
  mount --rbind /dev "$root/dev"
  mount -t tmpfs tmpfs "$root/sys"
  for folder in run tmp var; do mount -t tmpfs tmpfs "$root/$folder"; done
  mkdir -p "$root/var/tmp" "$root/var/lib" "$root/run/parvis" "$root/run/definitions" "$root/usr/lib/parvis" "$root/stand-ins" \
    "$root/sys/firmware/efi/efivars" "$root/run/esp/EFI/Linux"
  rm -rf "$root/usr/lib/parvis/image"
  cp -r "$source/kiosk-config/image/root/usr/lib/parvis/image" "$root/usr/lib/parvis/image"
  : >"$root/run/parvis/served.lock"
  esp=$root/run/esp
  variable=$root/sys/firmware/efi/efivars/LoaderBootCountPath-4a67b082-0a4c-41cf-b6c7-440b29bb8c4f
  # The same release, whatever the tar was made for.
  grep -v '^IMAGE_' "$root/usr/lib/os-release" >"$work/os-release"
}
unmake_root () {
  for folder in proc dev sys run tmp var; do umount -R -l "$work/root/$folder" 2>/dev/null || true; done
}
# stand_in NAME: a program of that name in front of all others, its text from standard input
stand_in () {
  { echo '#!/bin/sh'; cat; } >"$root/stand-ins/$1"
  chmod 755 "$root/stand-ins/$1"
}
# inside COMMAND...: in that root. Only bootctl is told that a folder will do.
inside () {
  chroot "$root" env -i PATH=/stand-ins:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C SYSTEMD_ESP_PATH=/run/esp SYSTEMD_RELAX_ESP_CHECKS=1 "$@"
}
# put_slot VERSION COUNT: a program of firmware; COUNT "+3", "+0-3", ""
put_slot () { echo "$1" >"$esp/EFI/Linux/parvis_$1$2.efi"; }
slots () { (cd "$esp/EFI/Linux" && ls parvis_*.efi 2>/dev/null | tr '\n' ' '); }

# pick_slot: what systemd-boot does (boot.c): those that have no tries left come last, then the newest version first; of the first a try
# is taken off, in its name; that name is told in a variable. Sets version.
pick_slot () {
  picked=$(cd "$esp/EFI/Linux" && for file in parvis_*.efi; do
    name=${file#parvis_} name=${name%.efi}
    left=1
    case $name in *+*) left=${name#*+} left=${left%%-*} ;; esac
    [ "$left" -eq 0 ] || left=1
    printf '%s %s %s\n' "$left" "${name%%+*}" "$file"
  done | sort -k 1,1nr -k 2,2Vr | head -n 1)
  version=$(echo "$picked" | cut -d ' ' -f 2)
  file=$(echo "$picked" | cut -d ' ' -f 3)
  rm -f "$variable"
  case $file in
    *+*)
      count=${file##*+} count=${count%.efi}
      left=${count%%-*} done=0
      case $count in *-*) done=${count#*-} ;; esac
      if [ "$left" -gt 0 ]; then
        now=parvis_$version+$((left - 1))-$((done + 1)).efi
        mv "$esp/EFI/Linux/$file" "$esp/EFI/Linux/$now"
        file=$now
      fi
      { printf '\007\000\000\000'; printf '\\EFI\\Linux\\%s' "$file" | sed 's/./&\x00/g'; printf '\000\000'; } >"$variable"
      ;;
  esac
  { cat "$work/os-release"; printf 'IMAGE_ID=parvis\nIMAGE_VERSION=%s\n' "$version"; } >"$root/usr/lib/os-release"
  # What is in memory is gone.
  rm -f "$root/run/parvis/update-refused"
}

n=0 failed=0
# told STATUS WHAT: a line of TAP, and what was said when it is not as it should be
told () {
  n=$((n + 1))
  if [ "$1" -eq 0 ]; then
    echo "ok $n - $2"
  else
    echo "not ok $n - $2"
    failed=$((failed + 1))
    sed 's/^/# /' "$work/log" | tail -n 12
  fi
}
# plan: the end
plan () {
  echo "1..$n"
  [ "$failed" -eq 0 ]
}
