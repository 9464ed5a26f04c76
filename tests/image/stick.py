# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a stick to a disk: the stick starts a machine whose disk is blank, puts the kiosk on it, and is pulled out. Through firmware
and boot loader both times."""

import os

import trials
from machine import PATIENCE, START_S, Died, Machine, copy_disk, log, new_variables
from portal import Portal

INSTALL = "/usr/lib/parvis/image/install"
# As the screens ask: within walls like those of parvis-setup@.service.
WALLED = ("systemd-run --pipe --wait --quiet -p PrivateDevices=yes -p DevicePolicy=closed -p ProcSubset=pid -p ProtectProc=invisible "
          "-p CapabilityBoundingSet= -p NoNewPrivileges=yes -p ProtectSystem=strict -p PrivateTmp=yes -p MemoryDenyWriteExecute=yes "
          "-p SystemCallFilter=@system-service ")
# 3 GiB: a small disk, and more than it takes.
DISK_MIB = 3072
# The order of a disk that is emulated, and written twice over; never waited for otherwise.
WRITE_S = 3600


def run(table, source, programs, images, work):
    disk, variables = work + "/stick-disk.img", new_variables(work + "/stick.vars")
    if os.path.exists(disk):
        os.unlink(disk)
    with open(disk, "wb") as file:
        file.truncate(DISK_MIB * 1048576)
    key = copy_disk(images + "/parvis_1.stick.img", work + "/stick-key.img", None)
    machine = Machine(work + "/stick-1", disk, variables, words=PATIENCE + " console=ttyS0", stick=key)
    try:
        machine.wait_for_agent(START_S)
        log("started from the stick after %.0f s" % machine.uptime())
        status, words = machine.ask("cat /proc/cmdline; findmnt -n -o FSTYPE /etc/parvis; ls /run/parvis-install; lsblk -n -o NAME,PARTLABEL")
        table.add("the stick starts the machine, its state is in memory", "parvis.install=" in words and "tmpfs" in words.split() and
                  "parvis-state" not in words.split(), machine.uptime(), words)
        # This test's own word with the machine comes before the sockets do.
        machine.ask("until [ -S /run/dbus/system_bus_socket ] && [ -S /run/parvis-install.sock ]; do sleep 0.5; done")
        status, words = machine.ask(WALLED + INSTALL + " list")
        table.add("the blank disk is in the list, the stick is not", words.split("\t")[:2] == ["vda", str(DISK_MIB * 1048576)] and
                  words.split("\t")[3:] == ["empty"], None, words)
        status, words = machine.ask(WALLED + INSTALL + " write sda")
        table.add("the stick does not write over itself", status == 1 and words.strip() == "is-the-stick", None, words)
        began = machine.uptime()
        status, words = machine.ask(WALLED + INSTALL + " write vda", WRITE_S)
        lines = words.split()
        table.add("the disk is written and read back", status == 0 and lines[-2:] == ["100", "done"], machine.uptime() - began,
                  words + machine.ask("journalctl -b -t parvis-install --no-pager; ls -l /sys/class/block")[1])
        status, words = machine.ask("efibootmgr")
        log("firmware: " + " / ".join(words.split("\n")[:5]))
    finally:
        machine.stop()

    portal = Portal(source, programs, work + "/stick-portal")
    machine = Machine(work + "/stick-2", disk, variables, credentials={"parvis.settings": portal.settings()}, words=PATIENCE)
    kiosk = trials.Kiosk(machine)
    try:
        machine.wait_for_agent(START_S)
        table.add("the disk alone starts to the welcome screen", True, kiosk.wait_for_welcome(START_S))
        status, words = machine.ask("findmnt -n -o FSTYPE /etc/parvis; cat /proc/cmdline; lsblk -n -o PARTLABEL /dev/vda")
        table.add("from its own slot, with a state that lasts", "ext4" in words.split() and "parvis.install" not in words and
                  "parvis-state" in words.split(), None, words)
    except Died as error:
        if machine.process.poll() is None:
            machine.picture(work + "/stick-died.ppm")
        table.add("the disk alone starts to the welcome screen", False, None, str(error))
    finally:
        machine.stop()
        portal.stop()
