# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# probe.py listen FILE PORT...: accepts on these ports, and makes FILE when it does.
# probe.py connect ADDRESS PORT: prints "open", "refused" (told so at once) or "mute" (nothing came for a second).
# probe.py send ADDRESS PORT: a datagram; prints "sent" or "refused".
import errno
import select
import socket
import sys

WAIT_S = 1.0
# What the firewall says, and what a machine says at whose port nobody listens.
TOLD = (errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EACCES, errno.EPERM, errno.ECONNREFUSED)


def listen(path, ports):
    sockets = []
    for port in ports:
        one = socket.socket(socket.AF_INET6)
        one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        one.bind(("::", int(port)))
        one.listen(16)
        sockets.append(one)
    open(path, "w").close()
    while True:
        for one in select.select(sockets, [], [])[0]:
            one.accept()[0].close()


def connect(address, port):
    one = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
    one.settimeout(WAIT_S)
    try:
        one.connect((address, int(port)))
        return "open"
    except socket.timeout:
        return "mute"
    except OSError as error:
        return "refused" if error.errno in TOLD else str(error)


def send(address, port):
    one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        one.sendto(b"x", (address, int(port)))
        return "sent"
    except OSError as error:
        return "refused" if error.errno in TOLD else str(error)


if sys.argv[1] == "listen":
    listen(sys.argv[2], sys.argv[3:])
print(connect(*sys.argv[2:]) if sys.argv[1] == "connect" else send(*sys.argv[2:]))
