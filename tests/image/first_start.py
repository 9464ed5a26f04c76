# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A first start: an image without settings, and somebody who reads the screen and touches it, keyboard and all. In the end the kiosk
shows its welcome screen. The time is the machine's own, reading and typing and all.

Two things are not as in a hall. The certificate of the test's portal is one that the machine is told to believe, as no public
one can be had for a test. And the clock of a machine that is emulated goes slow, and it has no time server: it is set now and then."""

import base64
import time

import eyes
import trials
from keyboard import Keyboard
from machine import PATIENCE, START_S, Died, Machine, copy_disk, log
from portal import HOST, Portal

ORIGIN, KEY, COMMUNE = "b", "cle", "Montclair"
GOAL_S = 600
# The five squares of the touch screen: across, and down from the middle of their title. Of a screen of 1080 x 1920 that stands.
SQUARES = ((212, 247), (538, 247), (864, 247), (212, 395), (538, 395))
# What a screen has to come to within, of the machine's own time.
SCREEN_S = 90


class Reader:
    """Somebody in front of the machine."""

    def __init__(self, machine, source):
        self.machine = machine
        self.source = source

    def sees(self, words, seconds=SCREEN_S):
        """Where these words are; waits for them. Raises Died."""
        end = self.machine.uptime() + seconds
        while True:
            place = eyes.find(eyes.read(self.machine.picture(), True), words, True)
            if place is not None:
                return place
            if self.machine.uptime() > end:
                self.machine.picture(self.machine.folder + "/unseen.ppm")
                raise Died("not on the screen: " + words)

    def touches(self, words, seconds=SCREEN_S):
        """Touches these words, until the picture is another one."""
        self.touches_at(self.sees(words, seconds), words)

    def touches_at(self, place, words):
        before = self.machine.picture(self.machine.folder + "/before.ppm")
        for _ in range(3):
            self.machine.click(*place)
            end = self.machine.uptime() + 15
            while self.machine.uptime() < end:
                if eyes.differs(self.machine.picture(), before) > 0.002:
                    return
        raise Died("nothing happens at: " + words)

    def types(self, layout, keys):
        Keyboard(self.machine, self.source, layout).type(keys)

    def set_clock(self):
        self.machine.ask("date -s @%d" % time.time())


def steps(reader, port):
    """From the first screen to the last one; yields the name of each step when it is done."""
    reader.touches("Commencer", START_S)
    reader.touches("Toute seule")
    reader.sees("Le réseau marche")
    reader.touches("Continuer")
    yield "the network"
    reader.touches("Directement")
    reader.sees("adresse du portail")
    reader.types("web_azerty", list(HOST) + [":"] + list(str(port)))
    reader.touches("Continuer")
    reader.sees("appelle l’accès")
    reader.types("web_azerty", ORIGIN)
    reader.touches("Continuer")
    reader.sees("clé de cet accès")
    reader.types("azerty", KEY)
    reader.set_clock()
    reader.touches("Continuer")
    reader.sees("Le portail répond")
    reader.touches("Continuer")
    yield "the portal"
    # Its title is two lines.
    reader.sees("appelle la")
    # The first letter becomes a capital by itself.
    reader.types("azerty", COMMUNE.lower())
    reader.touches("Continuer")
    reader.sees("Où se trouve la borne")
    reader.touches("Continuer")
    reader.sees("Quel numéro")
    reader.touches("Continuer")
    yield "the commune"
    # It has looked for printers. The tile "Sans imprimante", in two lines.
    reader.sees("est trouvée")
    reader.touches("imprimante")
    yield "no printer"
    reader.touches("La carte le couvre")
    reader.sees("quelle hauteur du sol")
    reader.types("pad", "75")
    reader.touches("Continuer")
    yield "the size of the screen, and how high it hangs"
    # A digit alone is not read for sure: where the squares are, from their title.
    top = reader.sees("Touchez chaque carré")[1]
    for number, place in enumerate(SQUARES):
        reader.touches_at((place[0], top + place[1]), "square %d" % (number + 1))
    reader.touches("Continuer")
    yield "touch"
    reader.touches("Continuer sans le son")
    reader.touches("Continuer sans lecteur")
    yield "no sound, no reader"
    reader.sees("Tout est prêt")
    reader.set_clock()
    reader.touches("Ouvrir la borne")
    yield "opened"


def run(table, source, programs, images, work, kernel):
    portal = Portal(source, programs, work + "/first-portal", access=ORIGIN + ":" + KEY)
    disk = copy_disk(images + "/parvis_1.img", work + "/first.img")
    machine = Machine(work + "/first", disk, None, words=PATIENCE, kernel=kernel)
    kiosk = trials.Kiosk(machine)
    reader = Reader(machine, source)
    began, last = None, "power-on"
    try:
        machine.wait_for_agent(START_S)
        with open(portal.root + "/brokers.pem", "rb") as file:
            authority = base64.b64encode(file.read()).decode()
        believed = "/etc/ssl/certs/ca-certificates.crt"
        machine.ask("cp %s /run/believed; echo %s | base64 -d >>/run/believed; chmod 644 /run/believed; mount --bind /run/believed %s" %
                    (believed, authority, believed))
        reader.sees("Commencer", START_S)
        log("the assistant is there after %.0f s of the machine's" % machine.uptime())
        began = machine.uptime()
        for last in steps(reader, portal.front):
            log("%s: %.0f s" % (last, machine.uptime() - began))
        kiosk.wait_for_welcome(START_S)
        took = machine.uptime() - began
        table.add("a first start by touches alone, to the welcome screen, within 10 minutes", took < GOAL_S, took, "later")
        words = machine.ask("cat /etc/parvis/conf.d/*.conf; parvisctl settings check; ls /var/lib/parvis/setup")
        table.add("the settings are right, and nothing waits for a first start any more", words[0] == 0 and COMMUNE in words[1] and
                  "done" in words[1].split(), None, words[1])
    except Died as error:
        if machine.process.poll() is None:
            machine.picture(work + "/first-died.ppm")
            log(machine.ask("journalctl -b -n 20 --no-pager -u 'parvis*'")[1])
        table.add("a first start by touches alone", False, None, "after %s: %s" % (last, error))
    finally:
        machine.stop()
        portal.stop()
