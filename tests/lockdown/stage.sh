# shellcheck shell=sh
# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# stage.sh, read by escape.sh and watchdog.sh: a kiosk under cage, nested in a display of its own, with the demo's portal and the
# courier behind it. Before it is read there are source, name (of the test), and what follows from meson.build in the environment. Runs
# the test again inside: not as root, which a compositor refuses, with a bus for the accessibility of its own.
# shellcheck disable=SC2154,SC2034 # of the test that reads it

width=1080 height=1920
if [ "${PV_STAGE-}" != inside ]; then
  for program in Xvfb cage dbus-run-session setpriv jq; do
    command -v $program >/dev/null || { echo "1..0 # SKIP $program is missing"; exit 0; }
  done
  work=$(mktemp -d -t "parvis-$name.XXXXXX")
  clean_up () {
    trap '' EXIT INT TERM HUP
    rm -rf "$work" "$work.tap"
  }
  trap clean_up EXIT
  trap 'exit 1' INT TERM HUP
  mkdir -m 700 "$work/run"
  as=''
  if [ "$(id -u)" -eq 0 ]; then
    chown -R nobody "$work"
    as='setpriv --reuid=nobody --regid=nogroup --clear-groups --no-new-privs'
  fi
  unset GTK_A11Y LANGUAGE DISPLAY WAYLAND_DISPLAY
  status=0
  # shellcheck disable=SC2086 # a command
  PV_STAGE=inside PV_STAGE_WORK=$work HOME=$work/run XDG_RUNTIME_DIR=$work/run $as dbus-run-session -- "$0" "$@" >"$work.tap" || status=$?
  # The registry of the accessibility bus says something, too.
  grep -E '^(ok|not ok|#|1\.\.|Bail out!)' "$work.tap" || true
  exit "$status"
fi
work=$PV_STAGE_WORK
started=''
clean_up () {
  trap '' EXIT INT TERM HUP
  # A supervisor outlives its compositor, and goes on: all of it is asked, and then told.
  all="$(for pid in $started; do below "$pid" ''; done) $started"
  # shellcheck disable=SC2086 # a list
  kill $all 2>/dev/null || true
  sleep 1
  # shellcheck disable=SC2086
  kill -9 $all 2>/dev/null || true
  wait
}
trap clean_up EXIT
trap 'exit 1' INT TERM HUP
asan=detect_leaks=0:allow_user_segv_handler=0

give_up () {
  [ ! -s "$work/results" ] || cat "$work/results"
  printf 'Bail out! %s\n' "$*"
  for log in xvfb portal courier open kiosk; do
    [ ! -s "$work/$log.log" ] || { echo "# -- $log.log"; tail -n 15 "$work/$log.log" | sed 's/^/# /'; }
  done
  exit 1
}

# wait_until SECONDS WHAT COMMAND...
wait_until () {
  limit=$1 what=$2
  shift 2
  end=$(($(date +%s) + limit))
  until "$@"; do
    [ "$(date +%s)" -lt "$end" ] || give_up "after $limit seconds: $what"
    sleep 0.1
  done
}

# start NAME COMMAND...: in the background, its words to NAME.log
start () {
  log=$1
  shift
  ASAN_OPTIONS=$asan "$@" >>"$work/$log.log" 2>&1 &
  last=$!
  started="$last $started"
}

# A display whose socket another server took meanwhile is left for another.
has_display () {
  rm -f "$work/display"
  Xvfb -displayfd 3 -screen 0 ${width}x${height}x24 -nolisten tcp 3>"$work/display" >"$work/xvfb.log" 2>&1 &
  started="$! $started"
  wait_until 60 'there is no display' test -s "$work/display"
  DISPLAY=:$(cat "$work/display")
  export DISPLAY
  ASAN_OPTIONS=$asan "$PV_ESCAPE_PROGRAM" display
}

start_display () {
  wait_until 60 'no display answers' has_display
  export WLR_BACKENDS=x11 WLR_RENDERER=pixman WLR_XWAYLAND=/bin/false GDK_BACKEND=wayland GSK_RENDERER=cairo
  export GSETTINGS_BACKEND=memory GDK_DISABLE=gl,vulkan
}

# Portal and courier, and the settings of the kiosk in $work/conf.d.
start_services () {
  mkdir -p "$work/conf.d" "$work/services" "$work/keys" "$work/state" "$work/cache"
  start portal "$PV_DEMO_PROGRAM" --state "$work/portal" --data "$source/app/demo" --ports-file "$work/ports"
  wait_until 120 'there is no portal' test -s "$work/ports"
  port=$(sed -n 's/^RELAY=//p' "$work/ports")
  (umask 077 && "$PV_CTL_PROGRAM" keygen outbox "$work/keys" >"$work/keygen.log" 2>&1) || give_up 'there are no keys'
  cp "$source"/kiosk-config/demo.conf.d/* "$work/conf.d"
  cat >"$work/conf.d/90-machine.conf" <<SETTINGS
[portal]
mode=relay
url=http://127.0.0.1:$port
[printer]
enabled=false
[outbox]
private-key-file=$work/keys/outbox.key
public-key-file=$work/keys/outbox.pub
[paths]
runtime=$work/services
state=$work/state
cache=$work/cache
[card]
enabled=false
[speech]
engine=none
[accessibility]
bus=true
SETTINGS
  start courier "$PV_COURIER_PROGRAM" --config "$work/conf.d"
  wait_until 120 'there is no courier' test -S "$work/services/courier.sock"
}

# walk: the steps on standard input, of canary-walk
walk () {
  ASAN_OPTIONS=detect_leaks=0 "$PV_WALK_PROGRAM" "$work" $width $height >"$work/walk.log" 2>&1 || {
    sed 's/^/# /' "$work/walk.log"
    give_up 'the walk ended'
  }
}

# below PID NAME: processes of that name below PID; all, without a name
below () {
  ps -e -o pid=,ppid=,comm= | awk -v top="$1" -v name="$2" '
    { parent[$1] = $2; comm[$1] = $3 }
    END { for (pid in comm) { if (name != "" && comm[pid] != name) continue
      for (p = parent[pid]; p > 1 && p != top; p = parent[p]) ;
      if (p == top) print pid } }' | sort -n
}
has_sessions () { [ "$(below "$1" parvis-session | wc -l)" -ge "$2" ]; }
# oldest PID...: the one that was started first; numbers begin anew some day. It is the one that is shown.
oldest () {
  for pid in "$@"; do awk '{ print $22, $1 }' "/proc/$pid/stat" 2>/dev/null || true; done | sort -n | sed -n '1s/.* //p'
}
