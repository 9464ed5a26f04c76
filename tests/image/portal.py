# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The portal of the demo on this machine, behind TLS, and what a kiosk needs to reach it from within a machine of QEMU's."""

import io
import json
import os
import shutil
import socket
import ssl
import subprocess
import tarfile
import threading
import time

# This machine, as one behind QEMU's user network sees it.
HOST = "10.0.2.2"


class Portal:
    """A portal that runs; programs is the folder of the build, folder is made anew. access: NAME:KEY of one that is known to the portal
    besides; then it is at the port front, too, behind TLS, without a relay."""

    def __init__(self, source, programs, folder, access=None):
        shutil.rmtree(folder, ignore_errors=True)
        self.ctl = programs + "/app/ctl/parvisctl"
        self.demo = programs + "/app/demo/parvis-demo"
        self.state = folder + "/state"
        self.source = source
        self.root = folder + "/root"
        os.makedirs(folder, exist_ok=True)
        self.enrol("root", self.root, "Montclair")
        self.enrol("broker", self.root, HOST, folder + "/server")
        self.enrol("kiosk", self.root, "22050", "Borne 1", "Mairie, hall", folder + "/kiosk")
        self.kiosk = folder + "/kiosk"
        ports = folder + "/ports"
        self.process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", self.demo, "--state", self.state, "--data", source + "/app/demo", "--ports-file", ports,
             "--relay-certificate", folder + "/server/broker.pem", "--relay-key", folder + "/server/broker.key",
             "--relay-client-ca", self.root + "/kiosks.pem", *(["--access", access] if access else [])],
            stdout=open(folder + "/portal.log", "w"), stderr=subprocess.STDOUT)
        end = time.monotonic() + 60
        while not os.path.exists(ports):
            if time.monotonic() > end or self.process.poll() is not None:
                raise RuntimeError("the portal does not start: " + open(folder + "/portal.log").read())
            time.sleep(0.1)
        self.ports = dict(line.strip().split("=") for line in open(ports))
        self.port = self.ports["RELAY"]
        self.front = Front(folder + "/server", int(self.ports["PORTAL"])).port if access else None

    def enrol(self, *words):
        subprocess.run([self.ctl, "enrol", *words], check=True, stdout=subprocess.DEVNULL, env=dict(os.environ, LC_ALL="C.UTF-8"))

    def settings(self):
        """What whoever prepares a machine gives with it: the archive of the credential parvis.settings."""
        machine = """[portal]
mode=relay
url=https://%s:%s
ca-file=/etc/parvis/portal-ca.pem
client-cert-file=$CREDENTIALS_DIRECTORY/kiosk.pem
client-key-file=$CREDENTIALS_DIRECTORY/kiosk.key
[printer]
enabled=false
""" % (HOST, self.port)
        bytes_of = {
            "parvis/conf.d/90-machine.conf": machine.encode(),
            "parvis/firewall.d/50-here.nft": b"add element inet parvis courier_ports { %s }\n" % self.port.encode(),
            "parvis/portal-ca.pem": open(self.root + "/brokers.pem", "rb").read(),
            "credstore/kiosk.pem": open(self.kiosk + "/broker-client.pem", "rb").read(),
            "credstore/kiosk.key": open(self.kiosk + "/broker-client.key", "rb").read(),
        }
        demo = self.source + "/kiosk-config/demo.conf.d"
        for name in os.listdir(demo):
            bytes_of["parvis/conf.d/" + name] = open(demo + "/" + name, "rb").read()
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w:") as archive:
            for name, data in sorted(bytes_of.items()):
                entry = tarfile.TarInfo(name)
                entry.size = len(data)
                entry.mode = 0o600 if name.startswith("credstore/") else 0o644
                archive.addfile(entry, io.BytesIO(data))
        return out.getvalue()

    def newest(self):
        """The newest filing, or None."""
        done = subprocess.run([self.demo, "--state", self.state, "--dump-newest"], capture_output=True, text=True)
        return json.loads(done.stdout) if done.returncode == 0 and done.stdout.strip() else None

    def stop(self):
        self.process.terminate()
        self.process.wait(30)


class Front:
    """TLS before a port of this machine, as long as the program runs."""

    def __init__(self, certificate, inner):
        self.inner = inner
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate + "/broker.pem", certificate + "/broker.key")
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            connection, _ = self.listener.accept()
            threading.Thread(target=self.carry, args=(connection,), daemon=True).start()

    def carry(self, connection):
        try:
            outer = self.context.wrap_socket(connection, server_side=True)
            inner = socket.create_connection(("127.0.0.1", self.inner))
        except OSError:
            connection.close()
            return
        threads = [threading.Thread(target=pour, args=pair, daemon=True) for pair in ((outer, inner), (inner, outer))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        outer.close()
        inner.close()


def pour(source, target):
    """What comes from one side goes to the other, to its end."""
    try:
        while True:
            data = source.recv(65536)
            if not data:
                break
            target.sendall(data)
    except OSError:
        pass
    try:
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass
