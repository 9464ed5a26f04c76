# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One procedure through the screen, as somebody does it who knows the way: places to touch and words to type. Whether it was right
is not asked of the screen: the portal's database holds it afterwards, or not."""

import time

import eyes
from keyboard import Keyboard
from machine import Died
from trials import BEGIN

DESCRIPTION, PLACE = "Nid de poule", "devant la gare"
# On a screen of 1080 x 1920 that stands. The blue button leads on, wherever it ends on the left.
ON = (810, 1637)
FIRST_ANSWER = (400, 690)



def touch_place(machine, source):
    Keyboard(machine, source, "azerty").type(PLACE)


# (what it is, place to touch, or text to type, or what does it)
STEPS = [
    ("begin", BEGIN),
    ("Rue et logement", (800, 1117)),
    ("Signaler un problème dans la rue", (440, 1410)),
    ("what it takes", ON),
    ("Quel est le problème ? The first answer", FIRST_ANSWER),
    ("on", ON),
    ("Décrivez le problème", DESCRIPTION),
    ("ways out of an entry", None),
    ("on", ON),
    ("Est-ce dangereux ? Left empty", ON),
    ("Dans quel quartier ? The first answer", FIRST_ANSWER),
    ("on", ON),
    ("À quel endroit ? On the keyboard of the screen", touch_place),
    ("on", ON),
    ("Une photo: none", ON),
    ("Voulez-vous savoir ? Left empty", ON),
    ("check, then send", ON),
]
# What is typed after Ctrl+Shift+U: "¬x" if that made a character of it.
CODE = "ac x"
EXPECTED = {"probleme": "Chaussée ou trottoir abîmé", "description": DESCRIPTION + CODE, "quartier": "Centre", "lieu": PLACE}

# Of the places of keys, by QEMU's names, those that a French keyboard has elsewhere.
KEYS = {" ": "spc", "a": "q", "q": "a", "z": "w", "w": "z", "m": "semicolon"}


def type_text(machine, text):
    for letter in text:
        name = KEYS.get(letter.lower(), letter.lower())
        machine.keys(*(["shift", name] if letter.isupper() else [name]), hold=60)
        # A keyboard on USB keeps few keys, and this machine reads them slowly.
        time.sleep(0.8)


def settle(kiosk, before, seconds):
    """Waits until the picture is another one than before and stands still; whether it did, within so much of the machine's time."""
    machine = kiosk.machine
    end = machine.uptime() + seconds
    last, now = before, before
    while machine.uptime() < end:
        last, now = now, machine.picture()
        if now != before and eyes.differs(now, before) > 0.0005 and eyes.differs(now, last) < 0.0005:
            return True
        time.sleep(0.5)
    return False


ENTRY = (500, 900)
ENTRY_ESCAPES = [
    ("in an entry: right button (context menu)", lambda machine: machine.click(*ENTRY, name="right")),
    ("in an entry: Menu", lambda machine: machine.keys("compose")),
    ("in an entry: Shift+F10 (context menu)", lambda machine: machine.keys("shift", "f10")),
    ("in an entry: Ctrl+. (emoji)", lambda machine: machine.keys("ctrl", "shift", "comma")),
    ("in an entry: Ctrl+; (emoji)", lambda machine: machine.keys("ctrl", "comma")),
    ("in an entry: Ctrl+Shift+I (inspector)", lambda machine: machine.keys("ctrl", "shift", "i")),
    ("in an entry: long touch (context menu)", lambda machine: machine.click(*ENTRY, held=2.5)),
]


def try_entry(kiosk, table):
    """What an entry of GTK would offer: a menu, a chooser of emoji, any character by its number."""
    machine = kiosk.machine
    for name, act in ENTRY_ESCAPES:
        before = machine.picture(machine.folder + "/entry.ppm")
        began = machine.uptime()
        act(machine)
        kiosk.guest_sleep(2)
        # Less than a menu would change; a cursor blinks.
        part = eyes.differs(machine.picture(), before)
        table.add(name, part < 0.004, machine.uptime() - began, "" if part < 0.004 else "%.1f %% of the screen changed" % (100 * part))
    machine.keys("ctrl", "shift", "u")
    kiosk.guest_sleep(1)
    type_text(machine, CODE)
    kiosk.guest_sleep(4)


def file(kiosk, portal, table):
    """From the welcome screen to the portal's database and back; returns the guest seconds that it took. Raises Died."""
    machine = kiosk.machine
    began = machine.uptime()
    for number, (name, act) in enumerate(STEPS):
        if act is None:
            try_entry(kiosk, table)
            continue
        before = machine.picture("%s/step-%02d.ppm" % (machine.folder, number))
        for _ in range(3):
            if isinstance(act, str):
                type_text(machine, act)
            elif callable(act):
                act(machine, portal.source)
            else:
                machine.click(*act)
            # Again, as a person would: the kiosk drops what looks like the same touch twice.
            if settle(kiosk, before, 20):
                break
        else:
            raise Died("nothing happens at: " + name)
    end = time.monotonic() + 300
    while not portal.newest():
        if time.monotonic() > end:
            raise Died("nothing in the portal")
        time.sleep(1)
    filing = portal.newest()
    # The keyboard on the screen begins with a capital letter by itself.
    wrong = {name: filing["values"].get(name) for name, value in EXPECTED.items()
             if (filing["values"].get(name) or "").lower() != value.lower()}
    if filing["form"] != "signalement-rue" or wrong:
        raise Died("the portal has something else: %s" % wrong)
    table.add("in an entry: Ctrl+Shift+U (Unicode)", True)
    took = machine.uptime() - began
    machine.picture(machine.folder + "/received.ppm")
    # "J'ai terminé", and goodbye by itself or by the next touch.
    machine.click(785, 1637)
    kiosk.wait_for_welcome(900)
    return took
