# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secure Boot. The firmware trusts one key, of which Debian's package of OVMF has both halves for tests: what it signed runs, the
same without its signature does not."""

import os
import shutil
import subprocess

import eyes
from machine import PATIENCE, START_S, Died, Machine, log, new_variables

KEY = "/usr/share/ovmf/PkKek-1-snakeoil.key"
CERTIFICATE = "/usr/share/ovmf/PkKek-1-snakeoil.pem"
# Read by machine, small and without blanks, as the boot loader or the firmware says it.
REFUSED = ("accessdenied", "securityviolation", "errorloading")


def signed(source, images, work, folder, is_loader_signed, is_slot_signed):
    """A disk of slot 1, signed or not; returns its path."""
    os.makedirs(folder, exist_ok=True)
    key = work + "/secure.key"
    subprocess.run(["openssl", "rsa", "-in", KEY, "-passin", "pass:snakeoil", "-out", key], check=True, stderr=subprocess.DEVNULL)
    for name in ("parvis_1.squashfs", "parvis_1.verity", "parvis_1.roothash", "parvis_1.efi", "loader.efi"):
        path = folder + "/" + name
        if os.path.exists(path):
            os.unlink(path)
        if name.endswith(".efi"):
            shutil.copy(images + "/" + name, path)
        else:
            os.symlink(os.path.realpath(images + "/" + name), path)
    for name, is_wanted in (("loader.efi", is_loader_signed), ("parvis_1.efi", is_slot_signed)):
        if is_wanted:
            subprocess.run([source + "/kiosk-config/image/sign", key, CERTIFICATE, folder + "/" + name], check=True)
    disk = folder + "/disk.img"
    subprocess.run([source + "/kiosk-config/image/make-disk", disk, folder + "/loader.efi", folder + "/parvis_1"], check=True)
    os.truncate(disk, 2500 * 1048576)
    return disk


def run(table, source, programs, images, work):
    disk = signed(source, images, work, work + "/secure-disk", True, True)
    machine = Machine(work + "/secure-1", disk, new_variables(work + "/secure-1.vars", True), words=PATIENCE, secure=True)
    try:
        machine.wait_for_agent(START_S)
        words = machine.ask("od -An -tu1 -j4 /sys/firmware/efi/efivars/SecureBoot-*; cat /sys/kernel/security/lockdown")[1]
        table.add("Secure Boot: what its key signed runs, and the kernel knows", words.split()[:1] == ["1"] and "[integrity]" in words,
                  machine.uptime(), words)
    except Died as error:
        table.add("Secure Boot: what its key signed runs, and the kernel knows", False, None, str(error))
    finally:
        machine.stop()

    for what, loader, slot in (("kernel and root", True, False), ("boot loader", False, True)):
        disk = signed(source, images, work, work + "/secure-disk", loader, slot)
        machine = Machine(work + "/secure-2", disk, new_variables(work + "/secure-2.vars", True), words=PATIENCE, secure=True)
        name = "Secure Boot: without a signature of the %s nothing runs" % what
        try:
            words = refusal(machine)
            table.add(name, words is not None, None, "it runs")
            log("on the screen: %s" % words)
        except Died as error:
            table.add(name, False, None, str(error))
        finally:
            machine.stop()


def refusal(machine):
    """What the screen says where nothing runs; None if something does. Raises Died when it says nothing for long."""
    end = machine.since_start() + START_S
    while machine.since_start() < end:
        lines = [line.text for line in eyes.read(machine.picture())]
        if any(word in eyes.plain(line) for line in lines for word in REFUSED):
            return " / ".join(lines)[:300]
        try:
            machine.wait_for_agent(5)
            return None
        except Died:
            if not machine.runs():
                raise
    machine.picture(machine.folder + "/nothing.ppm")
    raise Died("neither a refusal nor a start")
