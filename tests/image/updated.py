# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A machine that runs gets version 2 of its image, from a web server, with firmware and boot loader: started from the new slot, it is
confirmed there."""

import base64
import functools
import http.server
import os
import subprocess
import threading

from machine import PATIENCE, START_S, Machine, copy_disk, log, new_variables

# This machine, as one behind QEMU's user network sees it.
HOST = "10.0.2.2"
FETCH_S = 2400

# What "update" does, but for the hour and for who stands there; the key of the test in the place of the maker's, and a port that no
# kiosk speaks to.
INSTALL = """
set -e
nft insert rule inet parvis output ip daddr %(host)s tcp dport %(port)d accept
mkdir -p /run/parvis-update
echo %(key)s | base64 -d >/run/test.gpg
mount --bind /run/test.gpg /usr/lib/systemd/import-pubring.gpg
for file in /usr/lib/parvis/image/update.d/*.transfer; do
  sed 's|@URL@|http://%(host)s:%(port)d/|' "$file" >"/run/parvis-update/${file##*/}"
done
new=$(/usr/lib/systemd/systemd-sysupdate --definitions=/run/parvis-update check-new)
mkdir -p /var/lib/parvis-update
{ echo "$new"; parvisctl doctor --slot | cut -d : -f 1 | sort -u; } >/var/lib/parvis-update/trial
/usr/lib/systemd/systemd-sysupdate --definitions=/run/parvis-update update >/run/update.log 2>&1 || { tail -n 5 /run/update.log; exit 1; }
cat /var/lib/parvis-update/trial
sync
"""
STATE = """
echo "version $(sed -n 's/^IMAGE_VERSION=//p' /usr/lib/os-release)"
ls "$(bootctl --print-esp-path)/EFI/Linux"
echo "confirmed $(cat /var/lib/parvis/confirmed)"
ls /var/lib/parvis-update
"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *words):
        pass


def publish(images, folder):
    """Signs what OUTPUT/update has, with a key of this test; returns its public half."""
    home, web = folder + "/keys", folder + "/web"
    os.makedirs(home, mode=0o700)
    os.makedirs(web)
    gpg = ["gpg", "--homedir", home, "--quiet", "--batch"]
    subprocess.run(gpg + ["--passphrase", "", "--quick-generate-key", "maker", "rsa3072", "sign", "never"], check=True, stderr=subprocess.DEVNULL)
    for name in os.listdir(images + "/update"):
        if not name.startswith("SHA256SUMS"):
            os.symlink(images + "/update/" + name, web + "/" + name)
    with open(web + "/.sums", "w") as file:
        subprocess.run(["sha256sum", "--"] + sorted(set(os.listdir(web)) - {".sums"}), cwd=web, check=True, stdout=file)
    os.rename(web + "/.sums", web + "/SHA256SUMS")
    subprocess.run(gpg + ["--output", web + "/SHA256SUMS.gpg", "--detach-sign", web + "/SHA256SUMS"], check=True)
    return subprocess.run(gpg + ["--export", "maker"], check=True, capture_output=True).stdout


def ask(machine, script, timeout=600):
    """More than one line."""
    return machine.ask("echo %s | base64 -d | sh" % base64.b64encode(script.encode()).decode(), timeout)


def run(table, images, work, wait_for_confirm):
    folder = work + "/updated"
    os.makedirs(folder)
    key = publish(images, folder)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder + "/web"))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    disk = copy_disk(images + "/parvis_1.img", folder + "/disk.img")
    variables = new_variables(folder + "/vars")
    machine = Machine(folder + "/before", disk, variables, words=PATIENCE)
    try:
        machine.wait_for_agent(START_S)
        confirmed = wait_for_confirm(machine)
        words = confirmed.split()
        table.add("a first start, through firmware and boot loader, is confirmed", words[:1] == ["active"] and "parvis_1+3.efi" in words, None, confirmed)
        status, said = ask(machine, INSTALL % {"key": base64.b64encode(key).decode(), "host": HOST, "port": server.server_port}, FETCH_S)
        log("trial: " + said.replace("\n", " "))
        installed = ask(machine, STATE)[1]
        table.add("an update is installed on a machine that runs", status == 0 and "parvis_2+3-0.efi" in installed, None, said + installed)
        machine.ask("systemctl reboot")
        table.add("the machine starts again", machine.wait_for_end(600))
    finally:
        machine.stop()
    machine = Machine(folder + "/after", disk, variables, words=PATIENCE)
    try:
        machine.wait_for_agent(START_S)
        confirmed = wait_for_confirm(machine)
        state = ask(machine, STATE)[1].split("\n")
        is_good = confirmed.split()[:1] == ["active"] and "version 2" in state and "parvis_2+3.efi" in state and "parvis_1+3.efi" in state
        table.add("the new slot runs, doctor agrees, and it is confirmed", is_good and "trial" not in state, None, confirmed + " ".join(state))
    finally:
        machine.stop()
        server.shutdown()
