/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The relay's places for documents of citizens' phones: see README.md for the protocol. For njs 0.7.9 (Debian 12) and later.
 *
 * A place is a few files in $parvis_drop_dir, which all workers share. What changes hands is renamed, because of several
 * that rename the same file exactly one succeeds:
 *
 *   ID.open    opened by a kiosk, empty; keeps the time of its opening through all names
 *   ID.used    a phone has put something
 *   ID.data      what it has put, as nginx wrote it while it came in
 *   ID.taken   a kiosk has taken it
 */

import fs from 'fs';

const SECONDS = 600;
const MAX_PLACES = 1000;
const MIN_BYTES = 12 + 65536 + 16;
const MAX_BYTES = 12 + 16 * 1024 * 1024 + 65536 + 16;
const MARKS = ['.open', '.used', '.taken'];
const PARTS = ['.open', '.used', '.taken', '.data', '.taking'];

/* The id has been checked by the location that calls. */
function place_of(r) {
    return r.variables.parvis_drop_dir + '/' + r.uri.slice(-32);
}

/* Seconds since the last change, which renaming is not; -1: there is no such file. */
function age_of(path) {
    try {
        return Math.max(0, (Date.now() - fs.statSync(path).mtimeMs) / 1000);
    } catch (e) {
        return -1;
    }
}

function remove(path) {
    try {
        fs.unlinkSync(path);
    } catch (e) {
        /* Somebody else did. */
    }
}

function rename(from, to) {
    try {
        fs.renameSync(from, to);
        return true;
    } catch (e) {
        return false;
    }
}

function forget(place) {
    PARTS.forEach(part => remove(place + part));
}

/* '.open', '.used', '.taken', or '': no such place, or not any more. */
function mark_of(place) {
    for (let i = 0; i < MARKS.length; i++) {
        const age = age_of(place + MARKS[i]);

        if (age >= SECONDS) {
            forget(place);
            return '';
        }
        if (age >= 0) {
            return MARKS[i];
        }
    }
    return '';
}

/* Removes what is over. Returns how many places are left. */
function sweep(folder) {
    const names = fs.readdirSync(folder);
    let count = 0;

    names.forEach(name => {
        const path = folder + '/' + name;

        if (age_of(path) >= SECONDS) {
            remove(path);
        } else if (MARKS.indexOf(name.slice(32)) >= 0) {
            count++;
        }
    });
    return count;
}

/* For $parvis_drop_state, before a phone's document is read at all: 'open', 'used', or 'gone'. */
function state(r) {
    const mark = mark_of(place_of(r));

    return mark == '.open' ? 'open' : mark == '' ? 'gone' : 'used';
}

/* A phone: HEAD asks whether the place is free; PUT puts. nginx has refused both where it is not, and what is too large. */
function phone(r) {
    const place = place_of(r);
    const body = r.variables.request_body_file;
    let size;

    if (r.method == 'HEAD') {
        r.return(204);
        return;
    }
    size = body ? fs.statSync(body).size : 0;
    if (size < MIN_BYTES || size > MAX_BYTES) {
        r.return(size > MAX_BYTES ? 413 : 400);
        return;
    }
    /* It took its time: somebody may have been faster, or the ten minutes may be over. */
    if (mark_of(place) == '') {
        r.return(404);
        return;
    }
    if (!rename(place + '.open', place + '.used')) {
        r.return(409);
        return;
    }
    if (!rename(body, place + '.data')) {
        rename(place + '.used', place + '.open');
        r.return(500);
        return;
    }
    r.return(204);
}

function open_place(r, place) {
    if (mark_of(place) != '') {
        r.return(409);
        return;
    }
    if (sweep(r.variables.parvis_drop_dir) >= MAX_PLACES) {
        r.headersOut['Retry-After'] = '60';
        r.return(503);
        return;
    }
    try {
        fs.writeFileSync(place + '.open', '', { flag: 'wx', mode: 0o600 });
    } catch (e) {
        r.return(e.code == 'EEXIST' ? 409 : 500);
        return;
    }
    r.return(201);
}

function take(r, place) {
    const mark = mark_of(place);
    let sealed;

    if (mark == '' || mark == '.taken') {
        r.return(404);
        return;
    }
    /* Empty; or a phone's document is about to get its name. */
    if (!rename(place + '.data', place + '.taking')) {
        r.return(204);
        return;
    }
    rename(place + '.used', place + '.taken');
    sealed = fs.readFileSync(place + '.taking');
    remove(place + '.taking');
    r.headersOut['Content-Type'] = 'application/octet-stream';
    r.return(200, sealed);
}

/* Whoever has the code is told that it is over. */
function close(r, place) {
    const mark = mark_of(place);

    forget(place);
    r.return(mark == '' ? 404 : 204);
}

/* A kiosk, whose certificate nginx has checked: POST opens, GET takes, DELETE closes. */
function kiosk(r) {
    const place = place_of(r);

    r.variables.parvis_call = 'drop';
    if (r.variables.ssl_client_verify != 'SUCCESS') {
        r.return(403); /* nginx has said so already: this is the second belt */
    } else if (r.method == 'POST') {
        open_place(r, place);
    } else if (r.method == 'GET') {
        take(r, place);
    } else if (r.method == 'DELETE') {
        close(r, place);
    } else {
        r.return(405);
    }
}

export default { state, phone, kiosk };
