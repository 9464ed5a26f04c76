#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# kills.sh ROOT.tar PROGRAMS NEXT [RUNS [SEED]]: a kiosk that is updated while citizens file, and killed with kill -9 at moments that nobody
# chose, all of it at once, as a plug that is pulled does it; then it starts as the boot loader would, is confirmed, or is not and comes
# back to the old slot. Real are: the scripts of the image and systemd-sysupdate in Debian 13 (ROOT.tar), courier, workers, sealed
# filings and portal (PROGRAMS: a build folder), and the same of the next release, with another version of the outbox's files (NEXT:
# its build folder, of next-release). Slots are small files; what doctor says is nothing. Prints a table; RUNS: 50. Needs root rights. TAP.
set -eu
source=$(cd "$(dirname "$0")/../.." && pwd)
if [ "${PV_IN_KILLS-}" != 1 ]; then
  exec env PV_IN_KILLS=1 unshare --mount --net --pid --fork --kill-child "$0" "$@"
fi
mount --make-rprivate /
mount -t proc proc /proc
ip link set lo up
tar=$1 programs=$(cd "$2" && pwd) next=$(cd "$3" && pwd) runs=${4-50} first_seed=${5-1}
work=$(mktemp -d -p /var/tmp parvis-kills.XXXXXX)
. "$source/tests/image/slot-root.sh"
clean_up () {
  cd /
  umount -R -l "$work/root/host" 2>/dev/null || true
  unmake_root
  rm -rf --one-file-system "$work"
}
trap clean_up EXIT
trap 'exit 1' INT TERM
: >"$work/log"
export NO_PROXY='*'

# ---- the machine: a disk, its firmware, and who confirms
make_root "$tar"
mkdir -p "$root/host" "$root/etc/systemd"
mount --rbind / "$root/host"
sed -i 's|^Path=auto|Path=/run/disk.img|; s|^Path=/EFI/Linux|Path=/run/esp/EFI/Linux|; /^PathRelativeTo/d' "$root"/usr/lib/parvis/image/update.d/*.transfer
stand_in systemctl <<'END'
case $* in
  *is-active*parvis-confirm*) [ -e /run/is-confirmed ] ;;
  *is-active*) true ;;
  reboot) : >/run/is-rebooting ;;
esac
END
stand_in parvisctl <<END
case "\$1 \$2" in
  "update due") echo 10000 ;;
  "update fetch") echo http://127.0.0.1:8080/ ;;
  "update confirm") exec chroot /host "\$(cat /run/programs)/app/ctl/parvisctl" --config $work/kiosk/conf update confirm ;;
  "update tell" | "doctor --slot") ;;
  *) exit 2 ;;
esac
END
stand_in sleep <<'END'
exit 0
END

# ---- who makes updates, and offers them: versions 2 and 3
export GNUPGHOME="$work/keys"
mkdir -m 0700 "$GNUPGHOME"
gpg --quiet --batch --passphrase '' --quick-generate-key maker rsa3072 sign never 2>/dev/null
gpg --quiet --export maker >"$root/usr/lib/systemd/import-pubring.gpg"
uuid () { printf '%s' "$1" | sha256sum | cut -c 1-32; }
make_slot () {
  mkdir -p "$work/web$1"
  dd if=/dev/urandom of="$work/web$1/parvis_$1_$(uuid "data $1").squashfs" bs=1M count=8 status=none
  dd if=/dev/urandom of="$work/web$1/parvis_$1_$(uuid "tree $1").verity" bs=1M count=1 status=none
  dd if=/dev/urandom of="$work/web$1/parvis_$1.efi" bs=1M count=3 status=none
  (cd "$work/web$1" && sha256sum -- * >SHA256SUMS &&
    gpg --quiet --batch --local-user maker --output SHA256SUMS.gpg --detach-sign SHA256SUMS)
}
for number in 1 2 3; do make_slot $number; done
truncate -s 24M "$work/disk.img"
part () { printf 'size=%sMiB, type=%s, name="%s"\n' "$1" "$2" "$3"; }
data_type=4F68BCE3-E8CD-4DB1-96E7-FBCAF984B709 tree_type=2C7357ED-EBD2-46D9-AEC1-23D437EC2BF5
{
  echo 'label: gpt'
  part 9 $data_type parvis_1
  part 2 $tree_type parvis_1_verity
  part 9 $data_type _empty
  part 2 $tree_type _empty
} | sfdisk --quiet "$work/disk.img"
old_start=$(sfdisk --json "$work/disk.img" | sed -n 's/.*"start": *\([0-9]*\),.*/\1/p' | head -n 1)
dd if="$work/web1/parvis_1_$(uuid 'data 1').squashfs" of="$work/disk.img" bs=512 seek="$old_start" conv=notrunc status=none
offer () {
  rm -f "$work/web"
  ln -s "web$1" "$work/web"
}
offer 2
cd "$work"
/usr/bin/python3 -c '
import functools, http.server
class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *words): pass
http.server.ThreadingHTTPServer(("127.0.0.1", 8080), functools.partial(Quiet, directory="web")).serve_forever()' 2>/dev/null &

# ---- portal and kiosk
kiosk=$work/kiosk demo=''
portal_up () {
  [ -z "$demo" ] || return 0
  rm -f "$work/ports"
  "$programs/app/demo/parvis-demo" --state "$kiosk/demo" --data "$source/app/demo" --ports-file "$work/ports" --relay-port 18080 \
    >/dev/null 2>>"$work/demo.log" &
  demo=$!
  until [ -s "$work/ports" ]; do [ -d "/proc/$demo" ] || { cat "$work/demo.log"; exit 1; }; /usr/bin/sleep 0.05; done
}
portal_away () {
  [ -n "$demo" ] || return 0
  kill -KILL "$demo"
  wait "$demo" 2>/dev/null || true
  demo=''
}
mkdir "$work/pair"
"$programs/app/ctl/parvisctl" keygen outbox "$work/pair" >/dev/null
fresh () {
  portal_away
  rm -rf "$kiosk" "$esp/EFI/Linux"/* "$root/var/lib/parvis-update"
  mkdir -p "$kiosk/conf" "$kiosk/run" "$kiosk/state" "$kiosk/cache" "$kiosk/demo"
  cp "$work/pair"/* "$kiosk/"
  cat >"$kiosk/conf/10.conf" <<END
[commune]
name=Montclair
[portal]
url=http://127.0.0.1:18080
mode=relay
public-url=http://127.0.0.1:1
[outbox]
private-key-file=$kiosk/outbox.key
public-key-file=$kiosk/outbox.pub
[paths]
runtime=$kiosk/run
state=$kiosk/state
cache=$kiosk/cache
END
  cp "$work/disk.img" "$root/run/disk.img"
  put_slot 1 +3
  offer 2
}

# launch ACT...: a start of the slot that was picked, with all that runs in it in one tree; ACTs in their order: file, confirm, update
cat >"$work/machine" <<'END'
#!/bin/sh
# programs work acts...
programs=$1 work=$2
shift 2
mount -t proc proc "$work/root/proc"
"$programs/app/kiosk/courier/parvis-courier" --config "$work/kiosk/conf" --time-scale=60 2>>"$work/courier.log" &
for act in "$@"; do
  case $act in
    file) "$programs/tests/integration/image-filer" "$work/kiosk" file "$work/kiosk/told" & ;;
    confirm | update)
      chroot "$work/root" env -i PATH=/stand-ins:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C SYSTEMD_ESP_PATH=/run/esp SYSTEMD_RELAX_ESP_CHECKS=1 \
        "/usr/lib/parvis/image/$act" >>"$work/acts.log" 2>&1 && [ "$act" = confirm ] && : >"$work/root/run/is-confirmed" ;;
  esac
done
: >"$work/is-done"
wait
END
chmod 755 "$work/machine"
launch () {
  rm -f "$root/run/is-confirmed" "$root/run/is-rebooting" "$work/is-done" "$kiosk/run/courier.sock"
  : >"$work/acts.log"
  build=$next
  [ "$version" != 1 ] || build=$programs
  echo "$build" >"$root/run/programs"
  unshare --pid --mount-proc --fork "$work/machine" "$build" "$work" "$@" 2>>"$work/machine.log" &
  machine=$!
}
# until_done: nobody pulls the plug before the acts are over
until_done () {
  tries=1200
  until [ -e "$work/is-done" ]; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || { echo 'the machine does not end what it does' >>"$work/log"; return 1; }
    /usr/bin/sleep 0.05
  done
}
# pull: kill -9 of everything at once. The first process of the tree is the one that the kernel lets all others die with; its parent hears of
# its end only when the last of them is gone.
pull () {
  head=$(cat "/proc/$machine/task/$machine/children" 2>/dev/null || true)
  until [ -n "$head" ] || [ ! -d "/proc/$machine" ]; do head=$(cat "/proc/$machine/task/$machine/children" 2>/dev/null || true); done
  # shellcheck disable=SC2086 # one
  kill -KILL $head 2>/dev/null || true
  wait "$machine" 2>/dev/null || true
  # In memory, like the mounts of a machine.
  rm -rf "$root/run/parvis-update"
}
# random N: sets r to 0 ... N-1
seed=1
random () {
  seed=$(((seed * 1103515245 + 12345) % 2147483648))
  r=$((seed / 65536 % $1))
}
after_ms () { /usr/bin/sleep "$(printf '%d.%03d' $(($1 / 1000)) $(($1 % 1000)))"; }
now_ms () { date +%s%3N; }
filer () { "$1/tests/integration/image-filer" "$kiosk" "$2" "$kiosk/told"; }
is_next_confirmed () { [ "$(cat "$kiosk/state/confirmed" 2>/dev/null)" = 9.9.9 ]; }
# Filings whose file only the next release reads: byte 5 of it says so.
count_later () {
  later=0
  for file in "$kiosk"/state/outbox/*.filing; do
    [ ! -e "$file" ] || [ "$(od -An -t u1 -j 5 -N 1 "$file" | tr -d ' ')" != 2 ] || later=$((later + 1))
  done
}
old_is_whole () { cmp -s -n 8388608 -i "$((old_start * 512)):0" "$root/run/disk.img" "$work/web1/parvis_1_$(uuid 'data 1').squashfs"; }
# settle BUILD: what waits is sent, by that release; then judge sets asked told filed sealed lost twice
settle () {
  portal_up
  version=2
  [ "$1" = "$next" ] || version=1
  launch
  status=0
  filer "$1" settle || status=1
  pull
  return $status
}
judge () {
  # shellcheck disable=SC2046 # numbers
  set -- $(filer "$next" judge)
  asked=$1 told=$2 filed=$3 sealed=$4 lost=$5 twice=$6
}

# ---- undisturbed, which also says how long an update takes
fresh
portal_up
good=0
pick_slot
launch file confirm update
began=$(now_ms)
until_done || good=1
took=$(($(now_ms) - began))
pull
[ -e "$root/run/is-rebooting" ] && [ "$(slots)" = 'parvis_1+3.efi parvis_2+3-0.efi ' ] || good=1
cp "$work/acts.log" "$work/log"
pick_slot
launch file confirm
until_done || good=1
pull
[ "$version" = 2 ] && is_next_confirmed && old_is_whole || good=1
settle "$next" || good=1
judge
[ "$lost" -eq 0 ] && [ "$twice" -eq 0 ] && [ "$told" -gt 0 ] || good=1
told "$good" "undisturbed, an update is installed, started, confirmed, and filings arrive ($told, in $took ms of update)"
[ "$good" -eq 0 ] || { cat "$work/acts.log" "$work/courier.log" | tail -n 30 | sed 's/^/# /'; plan; exit 1; }

# ---- the runs
echo '# | run | seed | plan | starts | killed: in the update | on trial | elsewhere | acknowledged | at the portal | sealed | lost | twice |'
echo '# |---|---|---|---|---|---|---|---|---|---|---|---|---|'
sum_told=0 sum_filed=0 sum_sealed=0 sum_lost=0 sum_twice=0 sum_update=0 sum_trial=0 sum_else=0 sum_later=0 unreadable=0 broken=0 unsettled=0
ended_confirmed=0 ended_refused=0 ended_rotten=0
run_once () {
  # Neighbours of a linear generator look alike.
  seed=$(printf '%s' "$1" | cksum | cut -d ' ' -f 1)
  starts=0 in_update=0 on_trial=0 elsewhere=0
  fresh
  random 10
  plan=confirmed
  [ "$r" -ge 4 ] || plan=refused
  [ "$r" -lt 8 ] || plan=rotten
  random 10
  [ "$r" -lt 4 ] || portal_up
  # The update, killed once or twice.
  random 2
  kills=$((r + 1))
  while pick_slot && [ "$version" = 1 ]; do
    starts=$((starts + 1))
    [ "$starts" -le 8 ] || return 1
    launch file confirm update
    if [ "$kills" -gt 0 ]; then
      kills=$((kills - 1))
      random $((took * 11 / 10))
      after_ms "$r"
      if [ -e "$work/is-done" ]; then elsewhere=$((elsewhere + 1)); else in_update=$((in_update + 1)); fi
    else
      until_done || return 1
    fi
    pull
    old_is_whole || { echo "seed $1: the slot that runs is broken" >>"$work/log"; return 1; }
  done
  # The new slot has been picked, and counted.
  case $plan in
    refused)
      while [ "$version" = 2 ]; do
        starts=$((starts + 1)) on_trial=$((on_trial + 1))
        launch file
        random 1500
        after_ms "$r"
        pull
        pick_slot
      done
      ;;
    *)
      random 2
      kills=$r
      while [ "$version" = 2 ] && ! is_next_confirmed; do
        starts=$((starts + 1))
        launch file confirm
        if [ "$kills" -gt 0 ]; then
          kills=$((kills - 1)) on_trial=$((on_trial + 1))
          random 600
          after_ms "$r"
        else
          until_done || return 1
        fi
        pull
        pick_slot
      done
      is_next_confirmed || return 1
      # Now it writes files that only it reads.
      starts=$((starts + 1)) elsewhere=$((elsewhere + 1))
      launch file confirm
      random 1500
      after_ms "$((r + 300))"
      pull
      count_later
      sum_later=$((sum_later + later))
      if [ "$plan" = rotten ]; then
        for file in "$esp"/EFI/Linux/parvis_2*.efi; do mv "$file" "$esp/EFI/Linux/parvis_2+0-3.efi"; done
        pick_slot
      fi
      ;;
  esac
  # The old slot, come back by itself.
  if [ "$version" = 1 ]; then
    starts=$((starts + 1)) elsewhere=$((elsewhere + 1))
    launch file confirm
    until_done || return 1
    random 800
    after_ms "$r"
    pull
    [ "$(cat "$root/run/parvis/update-refused")" = 2 ] || { echo "seed $1: it is not told that 2 was refused" >>"$work/log"; return 1; }
    [ "$plan" = rotten ] || [ "$(filer "$programs" count)" -eq 0 ] || unreadable=$((unreadable + 1))
    # A newer one, as the refused one is not taken again.
    offer 3
    pick_slot
    starts=$((starts + 1))
    launch file confirm update
    until_done || return 1
    pull
    pick_slot
    [ "$version" = 3 ] || { echo "seed $1: slots $(slots)" >>"$work/log"; cat "$work/acts.log" >>"$work/log"; return 1; }
    starts=$((starts + 1))
    launch file confirm
    until_done || return 1
    pull
    is_next_confirmed || return 1
  fi
  settle "$next" || unsettled=$((unsettled + 1))
  judge
}
number=0
while [ "$number" -lt "$runs" ]; do
  number=$((number + 1))
  this=$((first_seed * 1000 + number))
  if ! run_once "$this"; then
    broken=$((broken + 1))
    echo "run $number, seed $this: $plan, slots $(slots)" >>"$work/log"
    cat "$work/acts.log" >>"$work/log"
    [ -z "${machine-}" ] || pull
    echo "# | $number | $this | $plan | broken |"
    continue
  fi
  echo "# | $number | $this | $plan | $starts | $in_update | $on_trial | $elsewhere | $told | $filed | $sealed | $lost | $twice |"
  sum_told=$((sum_told + told)) sum_filed=$((sum_filed + filed)) sum_sealed=$((sum_sealed + sealed)) sum_lost=$((sum_lost + lost))
  sum_twice=$((sum_twice + twice)) sum_update=$((sum_update + in_update)) sum_trial=$((sum_trial + on_trial)) sum_else=$((sum_else + elsewhere))
  eval "ended_$plan=\$((ended_$plan + 1))"
done
echo "# | all | | $ended_confirmed confirmed, $ended_refused refused, $ended_rotten rotten | | $sum_update | $sum_trial | $sum_else | $sum_told | $sum_filed | $sum_sealed | $sum_lost | $sum_twice |"
good=0
[ "$broken" -eq 0 ] && [ "$unsettled" -eq 0 ] || good=1
echo "$broken broken, $unsettled not settled" >>"$work/log"
told "$good" "$runs runs with kill -9 in update and rollback come to an end that is confirmed"
good=0
[ "$sum_lost" -eq 0 ] && [ "$sum_told" -gt "$runs" ] || good=1
told "$good" "$sum_lost of $sum_told filings lost, that were acknowledged"
good=0
[ "$sum_twice" -eq 0 ] || good=1
told "$good" "$sum_twice filings twice at the portal"
good=0
[ "$unreadable" -eq 0 ] || good=1
told "$good" 'what an update on trial has written, the release before reads'
# Or it proves nothing.
good=0
[ "$runs" -lt 20 ] || { [ "$sum_update" -gt 0 ] && [ "$sum_trial" -gt 0 ] && [ "$sum_later" -gt 0 ] && [ "$ended_confirmed" -gt 0 ] &&
  [ "$ended_refused" -gt 0 ] && [ "$ended_rotten" -gt 0 ]; } || good=1
told "$good" "killed in updates $sum_update times, on trial $sum_trial times; $sum_later files that only the next release reads"

# ---- whether it would be noticed
fresh
pick_slot
launch file
after_ms 1500
pull
victim=$(sed -n 's/^told \([^ ]*\) .*/\1/p' "$kiosk/told" | head -n 1)
rm "$kiosk/state/outbox/$victim".*
settle "$programs" || true
judge
good=0
[ "$lost" -eq 1 ] && [ "$twice" -eq 0 ] || good=1
echo "$told told, $filed filed, $sealed sealed, $lost lost" >>"$work/log"
told "$good" 'control: one file of the outbox taken away is one filing lost'

fresh
pick_slot
launch file
after_ms 1500
pull
cp -a "$kiosk/state" "$work/state-before"
settle "$programs" || true
rm -rf "$kiosk/state"
mv "$work/state-before" "$kiosk/state"
settle "$programs" || true
judge
good=0
[ "$twice" -gt 0 ] && [ "$lost" -eq 0 ] || good=1
echo "$told told, $filed filed, $sealed sealed, $twice twice" >>"$work/log"
told "$good" "control: an outbox of before, put back, is seen as $twice filings twice"
portal_away
plan
