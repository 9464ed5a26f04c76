# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A machine of QEMU's with an image in it: its firmware, screen, keys, pointer; and a word with it where a test needs one.

The image is the shipped one, bit by bit. What a test may do beside keys and pointer comes with the machine, as credentials in
its SMBIOS table, which systemd makes units of: whoever owns the firmware owns the machine. Nobody at the kiosk does."""

import base64
import json
import os
import shutil
import socket
import subprocess
import time

WIDTH, HEIGHT = 1080, 1920
# rd.timeout and the like: the disk of a machine that is emulated on a busy one takes longer than one in a hall.
PATIENCE = "rd.timeout=900 systemd.default_device_timeout_sec=900"
# A machine of this test is up to a hundred times slower than one in a hall: bounds of the host are for what never comes.
START_S = 1500

# Reads a line, runs it, answers with its status and its words; on a port that no other machine has.
AGENT = r"""
port=/dev/virtio-ports/parvis.test
until [ -c $port ]; do sleep 0.2; done
exec 3<>$port
echo ready >&3
while IFS= read -r line <&3; do
  number=${line%% *} line=${line#* } status=0
  words=$(eval "$line" 2>&1 </dev/null 3>&-) || status=$?
  printf '%s %s %s\n' "$number" "$status" "$(printf %s "$words" | base64 -w 0)" >&3
done
"""
AGENT_UNIT = """[Unit]
Description=Test of the image
DefaultDependencies=no
ConditionPathExists=!/etc/initrd-release
After=parvis-state.service
[Service]
ImportCredential=parvis.test
ExecStart=/bin/sh ${CREDENTIALS_DIRECTORY}/parvis.test
Restart=always
"""


class Died(Exception):
    """The machine is no longer there, or does not answer."""


def log(text):
    print("# " + text, flush=True)


class Machine:
    """One start of a disk. What is written stays in the disk."""

    def __init__(self, folder, disk, variables, credentials=None, words="", tpm=None, memory=1536, net="", agent=True, kernel=None,
                 stick=None, secure=False):
        self.folder = folder
        self.pictures = 0
        self.buffer = b""
        self.asked = 0
        os.makedirs(folder, exist_ok=True)
        qmp, port = folder + "/qmp", folder + "/port"
        for path in (qmp, port):
            if os.path.exists(path):
                os.unlink(path)
        command = [
            # Not one second longer than the test; and it counts as a program of its own when the processors are shared out.
            "setpriv", "--pdeathsig", "KILL", "qemu-system-x86_64", "-nodefaults", "-machine", "q35,smm=" + ("on" if secure else "off"), "-m", str(memory), "-smp", "1", *(["-icount", "shift=1,sleep=on"] if kernel else []),
            "-accel", "tcg,tb-size=768", "-cpu", "qemu64,+rdrand", "-display", "none", "-vga", "none", "-no-reboot",
            "-device", "virtio-vga,id=screen,xres=%d,yres=%d" % (WIDTH, HEIGHT), "-monitor", "none",
            "-drive", "file=%s,format=raw,if=virtio,cache=unsafe" % disk,
            "-device", "virtio-rng-pci", "-device", "qemu-xhci", "-device", "usb-tablet,id=pointer", "-device", "usb-kbd",
            "-serial", "file:%s/serial.log" % folder, "-qmp", "unix:%s,server=on,wait=off" % qmp,
            "-uuid", "0c1f1b6e-6f2c-4a1e-9d53-2f0f6c9b2a11",
            "-netdev", "user,id=net" + net, "-device", "virtio-net-pci,netdev=net,id=cable",
            "-chardev", "socket,id=test,path=%s,server=on,wait=off" % port,
            "-device", "virtio-serial-pci", "-device", "virtserialport,chardev=test,name=parvis.test",
        ]
        if stick:
            command += ["-drive", "if=none,id=stick,format=raw,cache=unsafe,file=" + stick,
                        "-device", "usb-storage,drive=stick,removable=on,bootindex=0"]
        given = dict(credentials or {})
        if agent:
            given["parvis.test"] = AGENT.encode()
            given["systemd.extra-unit.parvis-test.service"] = AGENT_UNIT.encode()
            given["systemd.unit-dropin.basic.target"] = b"[Unit]\nWants=parvis-test.service\n"
        for number, (name, value) in enumerate(sorted(given.items())):
            path = "%s/credential-%d" % (folder, number)
            with open(path, "wb") as file:
                file.write(b"io.systemd.credential.binary:" + name.encode() + b"=" + base64.b64encode(value))
            command += ["-smbios", "type=11,path=" + path]
        if kernel:
            # Past the firmware and the boot loader: kernel, initrd and command line of the slot, as they are.
            command += ["-kernel", kernel[0], "-initrd", kernel[1], "-append", (kernel[2] + " " + words).strip()]
        else:
            command += ["-drive", "if=pflash,format=raw,readonly=on,file=" + firmware("CODE", secure),
                        "-drive", "if=pflash,format=raw,file=" + variables]
            if secure:
                # What the firmware remembers is written by the firmware alone.
                command += ["-global", "driver=cfi.pflash01,property=secure,value=on"]
        if words and not kernel:
            command += ["-smbios", "type=11,value=io.systemd.stub.kernel-cmdline-extra=" + words]
        self.tpm = None
        if tpm:
            os.makedirs(tpm, exist_ok=True)
            self.tpm = subprocess.Popen(["swtpm", "socket", "--tpm2", "--tpmstate", "dir=" + tpm,
                                         "--ctrl", "type=unixio,path=%s/tpm.sock" % folder, "--terminate"])
            command += ["-chardev", "socket,id=tpm,path=%s/tpm.sock" % folder, "-tpmdev", "emulator,id=tpm0,chardev=tpm",
                        "-device", "tpm-crb,tpmdev=tpm0"]
            wait_for(lambda: os.path.exists(folder + "/tpm.sock"), 20, "swtpm")
        self.started = time.monotonic()
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True, stderr=open(folder + "/qemu.log", "w"))
        self.qmp_socket = self.connect(qmp)
        self.port_socket = self.connect(port)
        self.qmp_file = self.qmp_socket.makefile("rw")
        self.qmp_file.readline()
        self.qmp("qmp_capabilities")

    def connect(self, path):
        end = time.monotonic() + 60
        while True:
            connection = socket.socket(socket.AF_UNIX)
            try:
                connection.connect(path)
                connection.settimeout(120)
                return connection
            except OSError:
                connection.close()
                if time.monotonic() > end or self.process.poll() is not None:
                    raise Died(open(self.folder + "/qemu.log").read())
                time.sleep(0.1)

    # ---- QEMU
    def qmp(self, command, **arguments):
        """Asks QEMU; returns its answer. Raises Died when it is gone or refuses."""
        try:
            self.qmp_file.write(json.dumps({"execute": command, "arguments": arguments}) + "\n")
            self.qmp_file.flush()
            while True:
                line = self.qmp_file.readline()
                if not line:
                    raise Died("QEMU has ended")
                answer = json.loads(line)
                if "return" in answer:
                    return answer["return"]
                if "error" in answer:
                    raise Died("%s: %s" % (command, answer["error"]["desc"]))
        except OSError as error:
            raise Died(str(error))

    def runs(self):
        """Whether the machine is on: -no-reboot makes of every restart an end."""
        if self.process.poll() is not None:
            return False
        try:
            return self.qmp("query-status")["status"] == "running"
        except Died:
            return False

    def since_start(self):
        return time.monotonic() - self.started

    def picture(self, path=None):
        """What is on the screen, as a file of PPM."""
        if path is None:
            self.pictures += 1
            path = "%s/screen-%d.ppm" % (self.folder, self.pictures % 4)
        self.qmp("screendump", filename=path)
        return path

    def keys(self, *names, hold=120):
        self.qmp("send-key", **{"keys": [{"type": "qcode", "data": name} for name in names], "hold-time": hold})

    def pointer(self, x, y):
        self.qmp("input-send-event", events=[
            {"type": "abs", "data": {"axis": "x", "value": int(x * 32767 / (WIDTH - 1))}},
            {"type": "abs", "data": {"axis": "y", "value": int(y * 32767 / (HEIGHT - 1))}}])

    def button(self, is_down, name="left"):
        self.qmp("input-send-event", events=[{"type": "btn", "data": {"down": is_down, "button": name}}])

    def click(self, x, y, name="left", held=0.4):
        """Touches a place, as a finger would."""
        self.pointer(x, y)
        time.sleep(0.15)
        self.button(True, name)
        time.sleep(held)
        self.button(False, name)

    # ---- the test's own unit in the machine
    def line(self, timeout):
        end = time.monotonic() + timeout
        while b"\n" not in self.buffer:
            self.port_socket.settimeout(max(0.1, end - time.monotonic()))
            try:
                more = self.port_socket.recv(65536)
            except OSError:
                raise Died("the machine does not answer")
            if not more:
                raise Died("the machine has closed its port")
            self.buffer += more
        line, self.buffer = self.buffer.split(b"\n", 1)
        return line.decode().strip()

    def wait_for_agent(self, timeout):
        while self.line(timeout) != "ready":
            pass

    def ask(self, command, timeout=600):
        """Runs a line of shell in the machine, as root; returns its status and its words. Numbers tell late answers from this one."""
        self.asked += 1
        self.port_socket.sendall(b"%d %s\n" % (self.asked, command.encode()))
        while True:
            words = self.line(timeout).split(" ")
            if words[0] == str(self.asked):
                break
        return int(words[1]), base64.b64decode(words[2] if len(words) > 2 else "").decode(errors="replace")

    def uptime(self):
        return float(self.ask("cut -d ' ' -f 1 /proc/uptime")[1])

    def stop(self):
        """The plug is pulled."""
        for close in (self.qmp_socket, self.port_socket):
            close.close()
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.process.wait()
        if self.tpm is not None:
            if self.tpm.poll() is None:
                self.tpm.terminate()
            self.tpm.wait()

    def wait_for_end(self, timeout):
        """Until the machine has switched itself off or started again."""
        try:
            self.process.wait(timeout)
            return True
        except subprocess.TimeoutExpired:
            return False


def firmware(kind, secure=False):
    """The path of a part of OVMF. Secure: one whose Secure Boot is on, and that trusts the key "snakeoil" of Debian's package."""
    ends = {("CODE", True): ("_4M.secboot.fd",), ("VARS", True): ("_4M.snakeoil.fd",)}.get((kind, secure), ("_4M.fd", ".fd"))
    for folder in ("/usr/share/OVMF", "/usr/share/ovmf"):
        for end in ends:
            path = "%s/OVMF_%s%s" % (folder, kind, end)
            if os.path.exists(path):
                return path
    raise Died("no firmware: the package ovmf is missing")


def new_variables(path, secure=False):
    """What the firmware remembers: nothing yet, or whom to trust."""
    shutil.copy(firmware("VARS", secure), path)
    os.chmod(path, 0o600)
    return path


def wait_for(condition, timeout, what):
    end = time.monotonic() + timeout
    while not condition():
        if time.monotonic() > end:
            raise Died("waited %d s for %s" % (timeout, what))
        time.sleep(0.2)


def copy_disk(image, path, mib=2500):
    """A copy of a disk, in which there is room for so much; None: no more than there was."""
    subprocess.run(["cp", "--sparse=always", image, path], check=True)
    if mib is not None:
        os.truncate(path, mib * 1048576)
    return path
