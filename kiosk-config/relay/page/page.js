/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The page on which a phone leaves a document for the kiosk whose code it has read.
 *
 * Written for phones as old as WebCrypto: promises, no async. The address keeps what is behind its "#" until the page is
 * closed, because a phone short of memory forgets the page while its camera is open, and loads it again.
 */
'use strict';

(function () {
  const MAX_BYTES = 16 * 1024 * 1024; /* that the relay takes */
  const MAX_PIXELS = 2500; /* of the longer side: an A4 page at 210 dpi */
  const JPEG_QUALITY = 0.85;
  const SEND_MS = 5 * 60 * 1000;
  const MEGABYTE = 1000 * 1000;

  const language = /^fr\b/i.test((navigator.languages || [navigator.language || 'fr'])[0] || 'fr') ? 'fr' : 'en';
  const words = parvisWords[language];
  const place = parvisSeal.read(location.hash);
  let chosen = null; /* { type, blob, name } */

  function at(id) {
    return document.getElementById(id);
  }

  /* In megabytes; below one with a decimal, and never more than it is. */
  function atMost(bytes) {
    return bytes >= MEGABYTE ? String(Math.floor(bytes / MEGABYTE)) : (Math.floor(bytes * 10 / MEGABYTE) / 10).toFixed(1);
  }

  function say(number) {
    return language == 'fr' ? number.replace('.', ',') : number;
  }

  function fill(text) {
    const image = place && (place.types.indexOf('jpeg') >= 0 || place.types.indexOf('png') >= 0);
    const types = [];

    if (place && place.types.indexOf('pdf') >= 0) {
      types.push(words.pdf);
    }
    if (image) {
      types.push(words.image);
    }
    return text.replace('{types}', types.join(', ')).replace('{size}', place ? say(atMost(place.bytes)) : '');
  }

  function show(id) {
    document.querySelectorAll('section').forEach(function (section) { section.hidden = section.id != id; });
    at(id).querySelector('h1').focus();
    window.scrollTo(0, 0);
  }

  /* canRetry: the same document again; canChoose: another one. */
  function fail(trouble) {
    const canRetry = trouble == 'cut' || trouble == 'busy';
    const canChoose = canRetry || trouble == 'type' || trouble == 'large' || trouble == 'unreadable';

    at('trouble').textContent = words.troubles[trouble][0];
    at('remedy').textContent = fill(words.troubles[trouble][1]);
    at('retry').hidden = !canRetry;
    at('again').hidden = !canChoose;
    at('problem').dataset.trouble = trouble;
    show('problem');
  }

  /* Preparing ------------------------------------------------------------------------------------------------------- */

  /* Promises that fail do so with the name of a trouble. */
  function read(blob) {
    return new Promise(function (resolve, reject) {
      const reader = new FileReader();

      reader.onload = function () { resolve(reader.result); };
      reader.onerror = function () { reject('unreadable'); };
      reader.readAsArrayBuffer(blob);
    });
  }

  function isPdf(file) {
    return read(file.slice(0, 1024)).then(function (start) {
      return String.fromCharCode.apply(null, new Uint8Array(start)).indexOf('%PDF-') >= 0;
    });
  }

  function open(file) {
    return new Promise(function (resolve, reject) {
      const url = URL.createObjectURL(file);
      const image = new Image();

      image.onload = function () {
        URL.revokeObjectURL(url);
        resolve(image);
      };
      image.onerror = function () {
        URL.revokeObjectURL(url);
        reject(/^image\//.test(file.type) ? 'unreadable' : 'type');
      };
      image.src = url;
    });
  }

  /* Drawn again, and smaller: so that place, time and make of the camera, which a photo carries along, stay here. */
  function redraw(image) {
    const scale = Math.min(1, MAX_PIXELS / Math.max(image.naturalWidth, image.naturalHeight));
    const canvas = document.createElement('canvas');
    const type = place.types.indexOf('jpeg') >= 0 ? 'jpeg' : 'png';
    const context = canvas.getContext('2d');

    canvas.width = Math.max(1, Math.round(image.naturalWidth * scale));
    canvas.height = Math.max(1, Math.round(image.naturalHeight * scale));
    context.fillStyle = '#ffffff';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise(function (resolve, reject) {
      canvas.toBlob(function (blob) {
        if (blob && blob.type == 'image/' + type) {
          resolve({ type: type, blob: blob, name: words.picture });
        } else {
          reject('unreadable');
        }
      }, 'image/' + type, JPEG_QUALITY);
    });
  }

  function prepare(file) {
    return isPdf(file).then(function (is) {
      if (is && place.types.indexOf('pdf') >= 0) {
        return { type: 'pdf', blob: file, name: file.name };
      }
      if (is || (place.types.indexOf('jpeg') < 0 && place.types.indexOf('png') < 0)) {
        throw 'type';
      }
      return open(file).then(redraw);
    }).then(function (document) {
      /* The kiosk makes pictures smaller, but not a PDF. */
      if (document.blob.size > (document.type == 'pdf' ? place.bytes : MAX_BYTES)) {
        throw 'large';
      }
      if (document.blob.size == 0) {
        throw 'unreadable';
      }
      return document;
    });
  }

  function preview() {
    const picture = at('picture');
    const size = Math.max(0.1, chosen.blob.size / MEGABYTE).toFixed(1);

    if (picture.src) {
      URL.revokeObjectURL(picture.src);
      picture.removeAttribute('src');
    }
    picture.hidden = chosen.type == 'pdf';
    if (!picture.hidden) {
      picture.src = URL.createObjectURL(chosen.blob);
      picture.alt = words.picture;
    }
    at('name').textContent = words.size.replace('{name}', chosen.name)
      .replace('{size}', say(size));
    show('check');
  }

  function choose(event) {
    const file = event.target.files[0];

    if (!file) {
      return;
    }
    show('prepare');
    prepare(file).then(function (document) {
      chosen = document;
      preview();
    }).catch(function (trouble) {
      fail(words.troubles[trouble] ? trouble : 'unreadable');
    });
    event.target.value = ''; /* the same one may be chosen again */
  }

  function startAgain() {
    chosen = null;
    show('start');
  }

  /* Sending --------------------------------------------------------------------------------------------------------- */

  /* What an answer of the relay means; null: it is right. */
  function judge(status) {
    if (status == 204) {
      return null;
    }
    return { 404: 'expired', 409: 'used', 413: 'large' }[status] || 'busy';
  }

  /* A promise of a status; nothing but the place is told. */
  function call(method, body, progress) {
    return new Promise(function (resolve, reject) {
      const request = new XMLHttpRequest();

      request.open(method, '/drop/' + place.id);
      request.timeout = SEND_MS;
      request.onload = function () { resolve(request.status); };
      request.onerror = request.ontimeout = request.onabort = function () { reject('cut'); };
      if (progress) {
        request.upload.onprogress = progress;
      }
      request.send(body);
    });
  }

  function showProgress(event) {
    const percent = event.lengthComputable ? Math.floor(100 * event.loaded / event.total) : 0;

    at('bar').value = percent;
    /* Read aloud by steps, not at every number. */
    if (percent % 20 == 0) {
      at('percent').textContent = words.percent.replace('{percent}', percent);
    }
  }

  function put(sealed) {
    return call('PUT', sealed, showProgress).then(function (status) {
      if (judge(status)) {
        throw judge(status);
      }
    });
  }

  /* First whether the place is still free: a connection that breaks in the middle says nothing about it. */
  function send() {
    showProgress({ lengthComputable: true, loaded: 0, total: 1 });
    show('sending');
    call('HEAD').then(function (status) {
      if (judge(status)) {
        throw judge(status);
      }
      return read(chosen.blob);
    }).then(function (content) {
      return parvisSeal.seal(place, chosen.type, content);
    }).then(put).then(function () {
      chosen = null;
      show('done');
    }).catch(function (trouble) {
      fail(words.troubles[trouble] ? trouble : 'cut');
    });
  }

  /* Starting -------------------------------------------------------------------------------------------------------- */

  function speak() {
    document.documentElement.lang = language;
    document.title = words.title;
    document.querySelectorAll('[data-word]').forEach(function (element) {
      element.textContent = words[element.dataset.word];
    });
    at('limits').textContent = fill(words.limits);
  }

  /* Told before anybody takes a photo for nothing. Without a connection it is told when it counts. */
  function checkPlace() {
    call('HEAD').then(function (status) {
      const trouble = judge(status);

      if ((trouble == 'expired' || trouble == 'used') && !at('start').hidden) {
        fail(trouble);
      }
    }).catch(function () { });
  }

  function start() {
    speak();
    window.addEventListener('hashchange', function () { location.reload(); });
    if (window.isSecureContext === false) {
      fail('insecure');
    } else if (!window.crypto || !crypto.subtle) {
      fail('old');
    } else if (!place) {
      fail('code');
    } else {
      at('file').accept = place.types.map(function (type) {
        return type == 'pdf' ? 'application/pdf' : 'image/' + type;
      }).join(',');
      at('camera').onchange = at('file').onchange = choose;
      at('camera').parentNode.hidden = place.types.indexOf('jpeg') < 0 && place.types.indexOf('png') < 0;
      at('send').onclick = at('retry').onclick = send;
      at('other').onclick = at('again').onclick = startAgain;
      show('start');
      checkPlace();
    }
  }

  start();
})();
