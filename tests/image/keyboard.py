# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The keyboard on the screen, by touches: which key is where, from the rows of app/view/keyboard-layout.c and from where its key
"Effacer" is seen."""

import re
import time

import eyes
from machine import WIDTH, Died

# Of a screen of 1080 x 1920 that stands: what is left at the edges, and from one row to the next.
LEFT, PITCH, PAD_PITCH = 15, 104, 128
BACK = "Effacer"


def rows_of(source, layout):
    """The rows of a layout: for each the keys, with the middle of each, from the left."""
    with open(source + "/app/view/keyboard-layout.c", encoding="utf-8") as file:
        text = file.read()
    found = re.search(r"static RowTexts %s = \{(.*?)\s*\};" % layout, text, re.S)
    rows = []
    for words in re.findall(r'"((?:[^"\\]|\\.)*)"', found.group(1)):
        keys, at = {}, 0
        for word in words.replace('\\"', '"').split(" "):
            text, width = (word.rsplit("*", 1) if re.search(r".\*\d+$", word) else (word, "4"))
            keys[text] = at + int(width) / 2
            at += int(width)
        # Each row is as wide as the screen.
        rows.append({key: LEFT + middle * (WIDTH - 2 * LEFT) / at for key, middle in keys.items()})
    return rows


class Keyboard:
    """What stands on the screen of a machine now."""

    def __init__(self, machine, source, layout):
        self.machine = machine
        self.rows = rows_of(source, layout)
        back = eyes.find(eyes.read(machine.picture(), True), BACK)
        if back is None:
            raise Died("no keyboard on the screen")
        row = next(number for number, keys in enumerate(self.rows) if "BACK" in keys)
        self.pitch = PAD_PITCH if layout.startswith("pad") else PITCH
        self.top = back[1] - row * self.pitch

    def touch(self, key):
        for number, keys in enumerate(self.rows):
            if key in keys:
                self.machine.click(keys[key], self.top + number * self.pitch, held=0.15)
                # The kiosk drops what looks like the same touch twice.
                time.sleep(0.7)
                return
        raise Died("no key for " + key)

    def type(self, text):
        for letter in text:
            self.touch("SPACE" if letter == " " else letter)
