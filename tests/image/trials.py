# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What somebody tries who wants out, and what is broken on purpose; and how it is seen that the kiosk is still the kiosk."""

import time

import eyes
from machine import Died, log

# Read by machine, which sees large letters, and none in a frame.
WELCOME = "Vos démarches"
# So much of the picture may change on the welcome screen by itself: the clock, what moves.
SAME = 0.03
# The button of the welcome screen.
BEGIN = (540, 1155)
# Goal: back on the welcome screen within this time of the machine's own.
BACK_S = 10.0


class Kiosk:
    """A machine that showed its welcome screen, and what that looked like."""

    def __init__(self, machine):
        self.machine = machine
        self.welcome = None

    def shows_welcome(self):
        path = self.machine.picture()
        if self.welcome is not None and eyes.differs(path, self.welcome) <= SAME:
            return True
        return eyes.colours(path) > 300 and eyes.find(eyes.read(path), WELCOME) is not None

    def wait_for_welcome(self, timeout):
        """Seconds since power-on of the machine's own time when it is there; raises Died."""
        end = time.monotonic() + timeout
        while True:
            if not self.machine.runs():
                raise Died("the machine has ended or started again")
            if self.shows_welcome():
                self.welcome = self.machine.picture(self.machine.folder + "/welcome.ppm")
                return self.machine.uptime()
            if time.monotonic() > end:
                raise Died("no welcome screen within %d s" % timeout)
            time.sleep(2)

    def back_within(self, began, host_limit=600):
        """Guest seconds since began until the welcome screen is there, or None: never, or the machine restarted."""
        end = time.monotonic() + host_limit
        while self.machine.runs():
            if self.shows_welcome():
                return self.machine.uptime() - began
            if time.monotonic() > end or self.machine.uptime() - began > 6 * BACK_S:
                return None
            time.sleep(1)
        return None

    def guest_sleep(self, seconds):
        """Until so much of the machine's own time has gone by."""
        end = self.machine.uptime() + seconds
        while self.machine.uptime() < end:
            time.sleep(0.5)


def key(name, keys, times=1):
    """A trial: keys pressed together, times in a row."""

    def press(machine):
        for _ in range(times):
            machine.keys(*keys, hold=60)
            time.sleep(0.12)

    return name, press


ESCAPES = [
    *[key("Ctrl+Alt+F%d" % n, ["ctrl", "alt", "f%d" % n]) for n in (1, 2, 3, 7, 12)],
    key("Alt+F2", ["alt", "f2"]),
    key("Alt+Left", ["alt", "left"]),
    key("Ctrl+Alt+Del", ["ctrl", "alt", "delete"]),
    key("Ctrl+Alt+Del, 8 times", ["ctrl", "alt", "delete"], 8),
    key("Ctrl+Alt+Backspace", ["ctrl", "alt", "backspace"]),
    *[key("Alt+SysRq+%s" % c.upper(), ["alt", "sysrq", c]) for c in "breikou"],
    key("Ctrl+Shift+I (inspector)", ["ctrl", "shift", "i"]),
    key("Ctrl+Shift+D (inspector)", ["ctrl", "shift", "d"]),
    key("Alt+F4", ["alt", "f4"]),
    key("Alt+Esc", ["alt", "esc"]),
    key("Alt+Tab", ["alt", "tab"]),
    key("Super", ["meta_l"]),
    key("Ctrl+Q", ["ctrl", "q"]),
    key("Ctrl+W", ["ctrl", "w"]),
    key("F1", ["f1"]),
    key("F11", ["f11"]),
    key("power key", ["power"]),
    key("sleep key", ["sleep"]),
    ("ACPI power button", lambda machine: machine.qmp("system_powerdown")),
]

# What is broken from inside, by the test's own unit: the command kills, and prints who it was.
SESSION = "for p in /proc/[0-9]*; do [ \"$(cat $p/comm 2>/dev/null)\" = %s ] && echo ${p#/proc/}; done"
KILLS = [
    ("kill -9 of the session", "parvis-session"),
    ("kill -9 of the supervisor", "parvis"),
    ("kill -9 of the compositor", "cage"),
    ("kill -9 of seatd", "seatd"),
]


def processes(machine, name):
    return machine.ask(SESSION % name)[1].split()


def try_key(kiosk, name, press):
    """Returns whether nothing came of it, and how long until the welcome screen is certain."""
    machine = kiosk.machine
    try:
        began = machine.uptime()
        console = machine.ask("cat /sys/class/tty/tty0/active")[1]
        press(machine)
        kiosk.guest_sleep(2)
        took = kiosk.back_within(began)
        if took is None:
            return False, None, "the welcome screen does not come back"
        now = machine.ask("cat /sys/class/tty/tty0/active")[1]
        if now != console:
            return False, took, "another console: " + now.strip()
        return took <= BACK_S + 2, took, ""
    except Died as error:
        return False, None, str(error)


def try_kill(kiosk, name, program):
    """The same of a process that is killed: another one has to be there, too, and the unit of the screen has to say that it painted."""
    machine = kiosk.machine
    try:
        before = processes(machine, program)
        if not before:
            return False, None, "no such process"
        words = machine.ask("cut -d ' ' -f 1 /proc/uptime; kill -KILL " + " ".join(before))[1]
        began = float(words.split()[0])
        while machine.uptime() - began < 6 * BACK_S:
            after = processes(machine, program)
            is_active = machine.ask("systemctl is-active parvis-kiosk.service")[0] == 0
            if after and not set(after) & set(before) and is_active and kiosk.shows_welcome():
                took = machine.uptime() - began
                return took <= BACK_S, took, "" if took <= BACK_S else "later than %d s" % BACK_S
            time.sleep(0.5)
        return False, None, "not back within %d s" % (6 * BACK_S)
    except Died as error:
        return False, None, str(error)


def try_cable(kiosk):
    """The network cable is pulled and plugged in again: the welcome screen stays."""
    machine = kiosk.machine
    try:
        machine.qmp("set_link", name="cable", up=False)
        kiosk.guest_sleep(5)
        stayed = kiosk.shows_welcome()
        machine.qmp("set_link", name="cable", up=True)
        began = machine.uptime()
        took = kiosk.back_within(began)
        return stayed and took is not None and took <= BACK_S, took, "" if stayed else "another screen without the network"
    except Died as error:
        return False, None, str(error)


def try_screen(kiosk):
    """The screen is unplugged and plugged in again, as the kernel sees it: the state of the connector, forced. QEMU has no cable.
    Afterwards a touch has to do something: a picture that stands still is not enough."""
    machine = kiosk.machine
    connector = "for c in /sys/class/drm/card*-*/status; do echo %s >$c; done; cat /sys/class/drm/card*-*/status"
    change = "for d in /sys/class/drm/card[0-9]; do echo change >$d/uevent; done"
    try:
        gone = machine.ask(connector % "off")[1].split()
        machine.ask(change)
        kiosk.guest_sleep(5)
        there = machine.ask(connector % "detect")[1].split()
        began = machine.uptime()
        machine.ask(change)
        took = kiosk.back_within(began)
        if "connected" in gone or "connected" not in there:
            return False, took, "the kernel says %s, then %s" % (gone, there)
        if took is None:
            return False, None, "the welcome screen does not come back"
        before = machine.picture(machine.folder + "/screen-back.ppm")
        machine.click(*BEGIN)
        while machine.uptime() - began < 6 * BACK_S:
            if eyes.differs(machine.picture(), before) > SAME:
                return took <= BACK_S, took, ""
        return False, took, "the picture is there, and nothing moves in it"
    except Died as error:
        return False, None, str(error)
