# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later

BEGIN {
  below["core"] = ""
  below["platform"] = "core"
  below["link"] = "core"
  below["view"] = "core"
  count = split("portal eid print speech assist", services, " ")
  for (i = 1; i <= count; i++) below[services[i]] = "core platform"
  count = split("kiosk mediator ctl demo", programs, " ")
  for (i = 1; i <= count; i++) {
    below[programs[i]] = "core platform link portal eid print speech assist"
    is_program[programs[i]] = 1
  }
  # Standard headers without I/O of their own; core has no clock, hence no time.h.
  count = split("assert.h ctype.h errno.h float.h inttypes.h limits.h math.h stdarg.h stdbool.h stddef.h stdint.h stdio.h stdlib.h string.h", plain, " ")
  for (i = 1; i <= count; i++) is_plain[plain[i]] = 1
}

function complain(what) {
  printf "%s:%d: %s\n", FILENAME, FNR, what
}

/^[ \t]*#[ \t]*include/ {
  if (!match($0, /[<"][^>"]+[>"]/)) next
  name = substr($0, RSTART + 1, RLENGTH - 2)
  angle = substr($0, RSTART, 1) == "<"
  split(FILENAME, path, "/")
  here = path[2]
  split(name, parts, "/")
  there = parts[1]
  shows = here == "view" || here == "mediator" || (here == "kiosk" && path[3] == "session")

  if (!angle && index(name, "..")) complain("write the include from app/")
  if (!angle && there != here && (there in below)) {
    if (there in is_program) complain("nobody includes the program " there)
    else if (there == "view" && !(shows && here != "view")) complain("only kiosk/session and mediator use view")
    else if (there != "view" && index(" " below[here] " ", " " there " ") == 0) complain(here " must not include " name)
  }
  if (!angle && here == "kiosk" && there == "kiosk" && parts[3] != "" && parts[2] != path[3])
    complain("one program does not include another: " name)
  if (angle && (there == "gtk" || there == "gdk" || there == "gsk" || name == "adwaita.h") && !shows)
    complain("no GTK in " here)
  if (angle && here == "core" && name !~ /^glib(\.h|-object\.h|\/)/ && !(name in is_plain))
    complain("core includes only GLib: " name)
  if (angle && there == "curl" && here != "platform") complain("libcurl is for platform")
  if (angle && name ~ /^(mosquitto|mqtt_protocol)\.h$/ && FILENAME !~ /^app\/platform\/mqtt[a-z-]*\.c$/) complain("libmosquitto is for platform/mqtt.c")
  if (angle && name == "jansson.h" && FILENAME !~ /^app\/platform\/json[a-z-]*\.c$/) complain("jansson is for platform/json.c")
}
