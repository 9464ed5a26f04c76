# SPDX-FileCopyrightText: 2026 The Parvis authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is on a screen, by looking at it: colours, differences, words. Nothing here knows the program."""

import concurrent.futures
import operator
import re
import subprocess
import unicodedata


def load(path):
    """Width, height and bytes of a PPM."""
    with open(path, "rb") as file:
        data = file.read()
    fields, at = [], 0
    while len(fields) < 4:
        end = at
        while data[end : end + 1].isspace():
            end += 1
        at = end
        while not data[end : end + 1].isspace():
            end += 1
        fields.append(data[at:end])
        at = end
    return int(fields[1]), int(fields[2]), data[at + 1 :]


def colours(path):
    """How many, on every fifth point."""
    _, _, data = load(path)
    return len({data[i : i + 3] for i in range(0, len(data), 3 * 5)})


def differs(one, other):
    """The part that differs, 0 to 1, by a sample of one byte in 37; pictures of two sizes differ in all."""
    width, height, a = load(one)
    if (width, height) != load(other)[:2]:
        return 1.0
    b = load(other)[2]
    if a == b:
        return 0.0
    one, other = a[::37], b[::37]
    return sum(x != y for x, y in zip(one, other)) / len(one)


def plain(text):
    """Letters and digits alone, small, without accents: what reading by machine gets right."""
    text = unicodedata.normalize("NFD", text.replace("œ", "oe").replace("Œ", "oe")).lower()
    return "".join(c for c in text if c.isalnum() and not unicodedata.combining(c))


class Line:
    """Words in one line, and where they are."""

    def __init__(self):
        self.words = []

    def add(self, text, left, top, width, height):
        self.words.append((text, left, top, left + width, top + height))

    @property
    def text(self):
        return " ".join(word[0] for word in self.words)

    def place(self, wanted=None):
        """The middle of the line, or of the words of it that make up wanted (plain)."""
        words = self.words
        if wanted:
            for first in range(len(words)):
                joined = ""
                for last in range(first, len(words)):
                    joined += plain(words[last][0])
                    if joined.startswith(wanted):
                        words = words[first : last + 1]
                        first = None
                        break
                if first is None:
                    break
        return (min(w[1] for w in words) + max(w[3] for w in words)) // 2, (min(w[2] for w in words) + max(w[4] for w in words)) // 2


# Longer than any stroke of a letter: a frame, a key, the ground.
LONGEST_STROKE = 56


def printed(path, is_light):
    """A picture of the letters alone, black on white: those that are darker than their ground, or lighter. Returns its path."""
    width, height, data = load(path)
    # Of what the kiosk draws red tells ink from ground.
    table = bytes(0 if (value < 128) != is_light else 255 for value in range(256))
    grey = data[0 : 3 * width * height : 3].translate(table)
    longest = re.compile(b"\\0{%d,}" % LONGEST_STROKE)
    erased = longest.sub(lambda run: b"\xff" * len(run.group()), grey)
    upright = longest.sub(lambda run: b"\xff" * len(run.group()), b"".join(grey[x::width] for x in range(width)))
    columns = b"".join(upright[y::height] for y in range(height))
    out = path + (".light.pgm" if is_light else ".dark.pgm")
    with open(out, "wb") as file:
        file.write(b"P5 %d %d 255\n" % (width, height) + bytes(map(operator.or_, erased, columns)))
    return out


def read_as_it_is(path):
    """The lines of words that tesseract finds on a picture."""
    done = subprocess.run(["tesseract", path, "-", "-l", "fra", "--psm", "11", "tsv"], capture_output=True, text=True, check=True)
    lines = {}
    for row in done.stdout.splitlines()[1:]:
        cell = row.split("\t")
        if len(cell) < 12 or cell[0] != "5" or not cell[11].strip() or float(cell[10]) < 20:
            continue
        lines.setdefault(tuple(cell[1:5]), Line()).add(cell[11], int(cell[6]), int(cell[7]), int(cell[8]), int(cell[9]))
    return list(lines.values())


def read(path, is_careful=False):
    """The lines of words on a picture, from the top. Careful: those in frames and on buttons, too, which takes longer."""
    if is_careful:
        with concurrent.futures.ThreadPoolExecutor() as pool:
            lines = sum(pool.map(lambda is_light: read_as_it_is(printed(path, is_light)), (False, True)), [])
    else:
        lines = read_as_it_is(path)
    return sorted(lines, key=lambda line: line.place()[1])


def find(lines, wanted, is_last=False):
    """The first line that is these words, or else the first in which they are, and where; or None. Last: from the bottom, where what is
    touched stands below what is said of it."""
    wanted = plain(wanted)
    for is_whole in (True, False):
        for line in reversed(lines) if is_last else lines:
            text = plain(line.text)
            if text == wanted or not is_whole and wanted in text:
                return line.place(wanted)
    return None
