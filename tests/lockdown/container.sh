# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# container.sh: for scripts that look at shipped units under a real systemd: the first process of a container made of this machine's own
# files (an overlay: nothing of it is changed), with a network of its own. Such a script is run three times, with more words each time:
# by whoever tests ("SOURCE ..."), as the maker of the container ("... make WORK"), and inside, as a service ("... look"). Needs root.

# run_in_container WORDS...: the first of the three. TAP to standard output; WORDS are those that the script was started with.
run_in_container () {
  PATH=$PATH:/usr/sbin:/sbin
  skip () { echo "1..0 # SKIP $*"; exit 0; }
  [ "$(id -u)" -eq 0 ] || skip 'only root may make a container'
  for program in unshare pivot_root $needed; do command -v "$program" >/dev/null || skip "no $program"; done
  [ -x /lib/systemd/systemd ] || skip 'no systemd'
  work=$(mktemp -d -t parvis-booted.XXXXXX)
  trap 'rm -rf "$work"' EXIT
  mkdir "$work/out" "$work/up" "$work/root"
  unshare -m -p -i -u -n -C --fork --kill-child "$0" "$@" may "$work" >"$work/may.log" 2>&1 ||
    skip "no container here: $(tail -n 1 "$work/may.log")"
  timeout -s KILL 240 unshare -m -p -i -u -n -C --fork --kill-child "$0" "$@" make "$work" >"$work/boot.log" 2>&1 </dev/null || true
  if ! grep -q '^1\.\.' "$work/out/tap" 2>/dev/null; then
    sed 's/^/# /' "$work/boot.log" "$work"/out/* 2>/dev/null | tail -n 60
    echo 'Bail out! systemd did not come to its end'
    exit 1
  fi
  cat "$work/out/tap"
  ! grep -q '^not ok' "$work/out/tap" || { sed 's/^/# /' "$work/out/journal" | tail -n 40; exit 1; }
  exit 0
}

mount_root () {
  mount --make-rprivate /
  mount -t tmpfs tmpfs "$work/up"
  mkdir "$work/up/upper" "$work/up/work"
  mount -t overlay overlay -o "lowerdir=/,upperdir=$work/up/upper,workdir=$work/up/work" "$root"
  mount -t proc proc "$root/proc"
  # Read-only, so that no udev looks at the devices of this machine.
  mount -t sysfs -o ro sysfs "$root/sys"
  mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
  mount -t tmpfs -o mode=755 tmpfs "$root/dev"
  for device in 'null 1 3' 'zero 1 5' 'full 1 7' 'random 1 8' 'urandom 1 9' 'tty 5 0' 'console 5 1'; do
    # shellcheck disable=SC2086 # three words
    set -- $device
    mknod -m 666 "$root/dev/$1" c "$2" "$3"
  done
  mkdir "$root/dev/pts" "$root/dev/shm"
  mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts"
  ln -s pts/ptmx "$root/dev/ptmx"
  mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
  mount -t tmpfs tmpfs "$root/run"
  mount -t tmpfs tmpfs "$root/tmp"
}

# enter_container UNIT...: the container's first process takes over; what it starts is UNIT, and the script itself as look.service.
# What is to be in it was put below $root.
enter_container () {
  printf '[Unit]\nRequires=basic.target\nWants=%s look.service\n' "$*" >"$root/etc/systemd/system/look.target"
  printf '[Service]\nType=oneshot\nTimeoutStartSec=230\nExecStart=%s look\n' "$(readlink -f "$0") $words" >"$root/etc/systemd/system/look.service"
  cd "$root"
  mkdir -p old
  pivot_root . old
  umount -l /old
  # As systemd itself makes it on a machine: credentials are mounted by a child.
  mount --make-rshared /
  exec env -i container=lxc PATH=/usr/sbin:/usr/bin /lib/systemd/systemd --system --unit=look.target --show-status=no \
    --log-target=console --log-level=warning
}

# ---- inside, as a service of that systemd
n=0
told () {
  n=$((n + 1))
  if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; fi
}
# within SECONDS COMMAND...
within () {
  tries=$(($1 * 5))
  shift
  until "$@"; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || return 1
    sleep 0.2
  done
}
is_active () { systemctl is-active --quiet "$1"; }
# holds WHAT COMMAND...
holds () {
  what=$1
  shift
  status=0
  "$@" || status=1
  told $status "$what"
}
