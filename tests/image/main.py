# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""main.py SOURCE PROGRAMS IMAGES WORK [SCENARIO...]: what tests/image/run starts. IMAGES has parvis_1.* and parvis_2.*, two slots of
the same root, boot.tar and loader.efi. Scenarios: kiosk (welcome, a filing, every escape, every kill), control (a key that must
work where it is allowed), slots (firmware, boot loader, and a second slot that somebody changed), updated (a newer slot, written while
it runs, and confirmed). Prints a table."""

import json
import os
import shutil
import subprocess
import sys
import tarfile
import time

import filing
import first_start
import secure
import stick
import trials
import updated
from machine import PATIENCE, START_S, Died, Machine, copy_disk, log, new_variables
from portal import Portal

class Table:
    def __init__(self):
        self.rows = []

    def add(self, what, is_good, took=None, why=""):
        why = "" if is_good else " ".join(why.split())
        self.rows.append((what, is_good, took, why))
        print("%s - %s%s%s" % ("ok" if is_good else "FAILED", what, "" if took is None else " (%.1f s)" % took, why and ": " + why), flush=True)

    def show(self):
        print("\n| what | guest seconds | result |\n|---|---|---|")
        for what, is_good, took, why in self.rows:
            print("| %s | %s | %s |" % (what, "" if took is None else "%.1f" % took, "as it should be" if is_good else "**no**: " + why))
        failed = sum(not row[1] for row in self.rows)
        print("\n%d passed, %d failed, 0 skipped" % (len(self.rows) - failed, failed))
        return failed == 0 and len(self.rows) > 0


def kernel_of(images, work):
    """Kernel, initrd and command line of slot 1, as they are in its program of firmware."""
    folder = work + "/boot"
    os.makedirs(folder, exist_ok=True)
    with tarfile.open(images + "/boot.tar") as archive:
        for name in ("./linux", "./initrd"):
            with archive.extractfile(name) as inside, open(folder + "/" + name, "wb") as out:
                shutil.copyfileobj(inside, out)
    subprocess.run(["objcopy", "-O", "binary", "--only-section=.cmdline", images + "/parvis_1.efi", folder + "/line"], check=True)
    line = open(folder + "/line", "rb").read().rstrip(b"\0").decode()
    return folder + "/linux", folder + "/initrd", line


def run_kiosk(table, source, programs, images, work):
    portal = Portal(source, programs, work + "/portal")
    disk = copy_disk(images + "/parvis_1.img", work + "/kiosk.img")
    machine = Machine(work + "/kiosk", disk, None, credentials={"parvis.settings": portal.settings()}, words=PATIENCE,
                      kernel=kernel_of(images, work))
    kiosk = trials.Kiosk(machine)
    try:
        machine.wait_for_agent(START_S)
        table.add("welcome screen after power-on", True, kiosk.wait_for_welcome(START_S))
        state = machine.ask("findmnt -n -o FSTYPE /etc/parvis; findmnt -n -o OPTIONS /; cat /proc/cmdline")
        table.add("read-only verified root, state partition", "ext4" in state[1] and "ro" in state[1] and "roothash=" in state[1])
        if "filing" not in os.environ.get("PV_IMAGE_LEAVE_OUT", ""):
            try:
                took = filing.file(kiosk, portal, table)
                table.add("a procedure filed through the screen, and in the portal", True, took)
            except Died as error:
                machine.picture(work + "/filing-failed.ppm")
                table.add("a procedure filed through the screen, and in the portal", False, None, str(error))
                kiosk.wait_for_welcome(START_S)
        for name, press in trials.ESCAPES:
            table.add(name, *trials.try_key(kiosk, name, press))
        for name, program in trials.KILLS:
            table.add(name, *trials.try_kill(kiosk, name, program))
        table.add("network cable out and in", *trials.try_cable(kiosk))
        table.add("screen out and in", *trials.try_screen(kiosk))
    except Died as error:
        if machine.process.poll() is None:
            machine.picture(work + "/died.ppm")
        table.add("the kiosk", False, None, str(error))
    finally:
        machine.stop()
        portal.stop()


def run_control(table, source, programs, images, work):
    """Where SysRq is allowed, Alt+SysRq+B starts the machine again: so the keys of this test do arrive at the kernel."""
    disk = copy_disk(images + "/parvis_1.img", work + "/control.img")
    machine = Machine(work + "/control", disk, None, words="sysrq_always_enabled", kernel=kernel_of(images, work))
    try:
        end = time.monotonic() + START_S
        while machine.process.poll() is None and time.monotonic() < end:
            try:
                machine.keys("alt", "sysrq", "b")
            except Died:
                pass
            time.sleep(5)
        table.add("with sysrq_always_enabled, Alt+SysRq+B restarts the machine", machine.process.poll() is not None)
    finally:
        machine.stop()


def run_tpm(table, source, programs, images, work):
    """With a TPM the state partition is encrypted, opens at the next start by itself, and not with another TPM."""
    disk = copy_disk(images + "/parvis_1.img", work + "/tpm.img")
    for start, tpm in ((1, "one"), (2, "one"), (3, "another")):
        machine = Machine("%s/tpm-%d" % (work, start), disk, None, words=PATIENCE, kernel=kernel_of(images, work),
                          tpm="%s/tpm-%s" % (work, tpm))
        try:
            machine.wait_for_agent(START_S)
            status, words = machine.ask("systemctl is-active parvis-state.service; blkid -o value -s TYPE /dev/disk/by-partlabel/parvis-state; "
                                        "findmnt -n -o SOURCE /run/parvis-state; cat /var/lib/parvis/kept; echo kept >/var/lib/parvis/kept; sync")
            lines = words.split()
            if start == 1:
                table.add("with a TPM the state partition is encrypted", "crypto_LUKS" in lines and "/dev/mapper/parvis-state" in lines, None, words)
            elif start == 2:
                table.add("it opens again with the same TPM", "active" in lines and lines[-1] == "kept", None, words)
            else:
                table.add("it does not open with another one", "active" not in lines and "/dev/mapper/parvis-state" not in lines, None, words)
        finally:
            machine.stop()


def wait_for_confirm(machine):
    """What parvis-confirm came to, and the names of the slots for the boot loader then."""
    end = time.monotonic() + START_S
    while time.monotonic() < end:
        state = machine.ask("systemctl is-active parvis-confirm.service")[1].strip()
        if state in ("active", "failed"):
            return state + " " + machine.ask("ls $(bootctl --print-esp-path)/EFI/Linux; systemctl status parvis-confirm.service | tail -n 5")[1]
        time.sleep(2)
    return "never"


def run_slots(table, source, programs, images, work):
    """Firmware and boot loader. Slot 2 is newer, and somebody changed one byte of it: after its one try slot 1 runs."""
    disk = work + "/slots.img"
    environment = dict(os.environ, PV_TRIES="1")
    subprocess.run([source + "/kiosk-config/image/make-disk", disk, images + "/loader.efi", images + "/parvis_1", images + "/parvis_2"],
                   check=True, env=environment)
    described = subprocess.run(["sfdisk", "--json", disk], check=True, capture_output=True, text=True).stdout
    parts = json.loads(described)["partitiontable"]["partitions"]
    second = next(part for part in parts if part["name"] == "parvis_2")
    with open(disk, "r+b") as file:
        # The time stamp of the squashfs: without verity nobody would notice.
        file.seek(second["start"] * 512 + 8)
        byte = file.read(1)
        file.seek(second["start"] * 512 + 8)
        file.write(bytes([byte[0] ^ 1]))
    variables = new_variables(work + "/slots.vars")
    versions, is_noticed, confirmed = [], False, "no slot runs"
    for start in (1, 2, 3):
        machine = Machine("%s/slots-%d" % (work, start), disk, variables, words=PATIENCE + " console=ttyS0 loglevel=4")
        try:
            try:
                machine.wait_for_agent(START_S)
                line = machine.ask("cat /proc/cmdline")[1]
                versions.append(line.split("parvis.version=")[1].split()[0])
                log("start %d: slot %s runs" % (start, versions[-1]))
                confirmed = wait_for_confirm(machine)
                break
            except Died as error:
                log("start %d: %s" % (start, "the machine started again" if machine.process.poll() is not None else error))
                versions.append(None)
        finally:
            machine.stop()
        with open(machine.folder + "/serial.log", errors="replace") as serial:
            is_noticed = is_noticed or "dm-verity device corrupted" in serial.read()
    table.add("a slot that was changed: the kernel notices", is_noticed, None, "nothing of it on the serial line")
    table.add("a slot that was changed does not run, and the other one does", versions[-1] == "1" and len(versions) > 1, None,
              "starts: %s" % versions)
    words = confirmed.split()
    table.add("its start is confirmed, and it has its three tries again", words[:1] == ["active"] and "parvis_1+3.efi" in words, None, confirmed)


def run_first(table, source, programs, images, work):
    first_start.run(table, source, programs, images, work, kernel_of(images, work))


def run_updated(table, source, programs, images, work):
    updated.run(table, images, work, wait_for_confirm)


def run_confirm(table, source, programs, images, work):
    """Firmware and boot loader start a slot that is good, and count it down; the kiosk paints, and the count is full again."""
    disk = copy_disk(images + "/parvis_1.img", work + "/confirm.img")
    machine = Machine(work + "/confirm", disk, new_variables(work + "/confirm.vars"), words=PATIENCE)
    try:
        machine.wait_for_agent(START_S)
        counted = machine.ask("ls $(bootctl --print-esp-path)/EFI/Linux")[1].split()
        confirmed = wait_for_confirm(machine)
        table.add("a start that is counted is confirmed", counted == ["parvis_1+2-1.efi"] and confirmed.split()[:2] == ["active", "parvis_1+3.efi"],
                  machine.uptime(), "%s, then %s" % (counted, confirmed))
    finally:
        machine.stop()


SCENARIOS = {"kiosk": run_kiosk, "control": run_control, "tpm": run_tpm, "slots": run_slots, "confirm": run_confirm,
             "stick": stick.run, "secure": secure.run, "first": run_first, "updated": run_updated}

if __name__ == "__main__":
    source, programs, images, work = sys.argv[1:5]
    os.makedirs(work, exist_ok=True)
    table = Table()
    for name in sys.argv[5:] or list(SCENARIOS):
        log("scenario " + name)
        try:
            SCENARIOS[name](table, source, programs, images, work)
        except Died as error:
            table.add(name, False, None, str(error))
    sys.exit(0 if table.show() else 1)
