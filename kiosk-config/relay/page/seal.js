/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the code on the kiosk says, and encrypting for it: the same as app/core/drop.h, explained in ../README.md. */
'use strict';

const parvisSeal = (function () {
  const VERSION = 1;
  const NONCE_BYTES = 12;
  const HEADER_BYTES = 6;
  const STEP_BYTES = 64 * 1024;
  const TYPES = { pdf: 1, jpeg: 2, png: 3 };

  function decode(text) {
    const base64 = text.replace(/-/g, '+').replace(/_/g, '/') + '=';

    return Uint8Array.from(atob(base64), function (c) { return c.charCodeAt(0); });
  }

  /* "#v1.ID.KEY.BYTES.TYPES", or null. */
  function read(fragment) {
    const parts = /^#v1\.([0-9a-f]{32})\.([A-Za-z0-9_-]{43})\.([1-9][0-9]{0,8})\.([a-z]+(?:-[a-z]+)*)$/.exec(fragment);
    const types = parts ? parts[4].split('-').filter(function (type) { return TYPES[type]; }) : [];

    if (types.length == 0) {
      return null;
    }
    return { id: parts[1], key: decode(parts[2]), bytes: Number(parts[3]), types: types };
  }

  /* Header, document, zeros. */
  function wrap(type, content) {
    const size = Math.ceil((HEADER_BYTES + content.byteLength) / STEP_BYTES) * STEP_BYTES;
    const plain = new Uint8Array(size);

    plain[0] = VERSION;
    plain[1] = TYPES[type];
    new DataView(plain.buffer).setUint32(2, content.byteLength);
    plain.set(new Uint8Array(content), HEADER_BYTES);
    return plain;
  }

  /* A promise of nonce, ciphertext and tag. content: an ArrayBuffer */
  function seal(place, type, content) {
    const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
    const associated = Uint8Array.from('v1.' + place.id, function (c) { return c.charCodeAt(0); });

    return crypto.subtle.importKey('raw', place.key, 'AES-GCM', false, ['encrypt']).then(function (key) {
      const how = { name: 'AES-GCM', iv: nonce, additionalData: associated, tagLength: 128 };

      return crypto.subtle.encrypt(how, key, wrap(type, content));
    }).then(function (ciphertext) {
      return new Blob([nonce, ciphertext], { type: 'application/octet-stream' });
    });
  }

  return { read: read, seal: seal };
})();
