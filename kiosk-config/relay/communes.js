/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whose kiosk it is, and what its commune's portal is: communes.json and keys.json, which nginx reads when it starts or is
 * reloaded (README.md, "The map"). For njs 0.7.9 (Debian 12) and later. */

/* "CN=KIOSK,O=COMMUNE", as parvisctl enrol names a kiosk; nothing else is one. */
const KIOSK = /^CN=([0-9a-f]{16}),O=([A-Za-z0-9-]{1,16})$/;
/* A portal has no path. Plain http only on this very machine, for the demo. */
const ADDRESS = /^(https:\/\/[a-z0-9][a-z0-9.-]{0,252}(:[0-9]{1,5})?|http:\/\/127\.0\.0\.1:[0-9]{1,5})$/;
const ORIG = /^[A-Za-z0-9._-]{1,100}$/;
const NAME = /^[A-Za-z0-9_-]{1,128}$/;
const VIEW = /^[A-Za-z0-9_-]{1,128}(\/[A-Za-z0-9_-]{1,128})?$/;
const MAX_NAMES = 100;
const MAX_FAULTS = 20;

/* How OpenSSL writes a name (RFC 2253, every byte that is not ASCII as \XX): its common name, or ''. */
function common_name(name) {
    const match = /^CN=((?:\\.|[^\\,+])*)$/.exec(name);
    let hex = '';

    if (!match) {
        return '';
    }
    for (let i = 0; i < match[1].length; i++) {
        const c = match[1].charAt(i);

        if (c == '\\' && /^[0-9A-F]{2}$/.test(match[1].substr(i + 1, 2))) {
            hex += match[1].substr(i + 1, 2);
            i += 2;
        } else {
            if (c == '\\') {
                i++;
            }
            hex += ('0' + match[1].charCodeAt(i).toString(16)).slice(-2);
        }
    }
    return Buffer.from(hex, 'hex').toString('utf8');
}

/* What nginx has read is an array without the methods of one. */
function is_list(list, pattern) {
    if (!Array.isArray(list) || list.length > MAX_NAMES) {
        return false;
    }
    for (let i = 0; i < list.length; i++) {
        if (!pattern.test(list[i])) {
            return false;
        }
    }
    return true;
}

function has(list, name) {
    for (let i = 0; list !== undefined && i < list.length; i++) {
        if (list[i] === name) {
            return true;
        }
    }
    return false;
}

/* What is wrong with an access, or ''. */
function fault_of_access(access, keys, name) {
    if (typeof access != 'object' || !ORIG.test(access.orig || '')) {
        return name + ': orig';
    }
    if (access.url !== undefined && !ADDRESS.test(access.url)) {
        return name + ': url';
    }
    return typeof keys[name] == 'string' && keys[name].length >= 1 ? '' : name + ': no key';
}

/* What is wrong with a commune of the map, or ''. Says nothing of a key. */
function fault_of(commune, keys) {
    const parts = ['portal', 'reader', 'agenda', 'invoices'];
    let fault = '';

    if (typeof commune != 'object' || typeof keys != 'object') {
        return typeof commune != 'object' ? 'not an object' : 'no keys';
    }
    if (typeof commune.authority != 'string' || commune.authority == '') {
        return 'authority';
    }
    if (typeof commune.portal != 'object' || !ADDRESS.test(commune.portal.url || '')) {
        return 'portal: url';
    }
    parts.forEach(part => {
        fault = fault || (commune[part] !== undefined ? fault_of_access(commune[part], keys, part) : '');
    });
    if (!fault && commune.cards !== undefined && !is_list(commune.cards, VIEW)) {
        fault = 'cards';
    }
    if (!fault && commune.invoices !== undefined && !is_list(commune.invoices.regies, NAME)) {
        fault = 'invoices: regies';
    }
    return fault;
}

/* Where a part of a commune is asked, and with what: { url, orig, key }; null: the commune has no such part. An agenda that
 * is not named is the portal's. */
function access_of(code, part) {
    const commune = parvis_communes[code];
    const name = part == 'agenda' && commune.agenda === undefined ? 'portal' : part;
    const access = commune[name];

    return access === undefined ? null
        : { url: access.url || commune.portal.url, orig: access.orig, key: parvis_keys[code][name] };
}

/* { kiosk, code, commune } of who calls, or null: nobody that this relay knows. nginx has checked the certificate; that an
 * authority vouches only for its own commune is checked here. */
function who(r) {
    const match = KIOSK.exec(r.variables.ssl_client_s_dn || '');
    const commune = match ? parvis_communes[match[2]] : undefined;

    if (r.variables.ssl_client_verify != 'SUCCESS' || commune === undefined
        || common_name(r.variables.ssl_client_i_dn || '') !== commune.authority) {
        return null;
    }
    return { kiosk: match[1], code: match[2], commune: commune };
}

function is_right(code) {
    return fault_of(parvis_communes[code], parvis_keys[code]) == '';
}

/* Who watches the machine: how many communes, and what is wrong with some. No names of people, nothing of a call. */
function health(r) {
    const codes = Object.keys(parvis_communes);
    const faults = [];

    codes.forEach(code => {
        const fault = fault_of(parvis_communes[code], parvis_keys[code]);

        if (fault && faults.length < MAX_FAULTS) {
            faults.push({ commune: code, fault: fault });
        }
    });
    r.headersOut['Content-Type'] = 'application/json';
    r.return(faults.length == 0 ? 200 : 503, JSON.stringify({
        status: faults.length == 0 ? 'ok' : 'faults',
        communes: codes.length,
        faults: faults,
    }) + '\n');
}

export default { who, is_right, has, access_of, health };
