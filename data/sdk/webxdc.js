// SPDX-License-Identifier: GPL-3.0-or-later
// What a webxdc app gets for its `webxdc.js`: a function of what differs from app to app, which the host calls in the
// same script. It talks to the host over the channel that `nexus` has in other apps.
(self => {
  'use strict';
  const REALTIME_BYTES = 128000;
  const FILE_BYTES = 32 * 1024 * 1024;
  const PART_BYTES = 384 * 1024;
  const TOO_FAST = -32002;

  const channel = document.createElement('i');
  const calls = new Map();
  const report = console.error.bind(console);
  let last = 0;

  const up = message => channel.dispatchEvent(new CustomEvent('up', {detail: JSON.stringify(message)}));
  const call = (method, params) => new Promise((resolve, reject) => {
    last += 1;
    calls.set(last, {resolve, reject});
    up({id: last, method, params});
  });

  const settle = ({id, result, error}) => {
    const {resolve, reject} = calls.get(id);
    calls.delete(id);
    if (error)
      reject(Object.assign(new Error(error.message), {code: error.code}));
    else
      resolve(result);
  };

  const patiently = async (method, params) => {
    for (;;) {
      try {
        return await call(method, params);
      } catch (error) {
        if (error.code !== TOO_FAST)
          throw error;
      }
    }
  };

  const encode = bytes => {
    let binary = '';
    for (let at = 0; at < bytes.length; at += 0x8000)
      binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
    return btoa(binary);
  };
  const decode = text => Uint8Array.from(atob(text), character => character.charCodeAt(0));

  // Updates: the host says that there are some, and keeps them all; each page fetches from the serial that it knows.
  const take = (state, {serial, text}, max) => {
    state.known = serial;
    try {
      const update = JSON.parse(text);
      if (update !== null && typeof update === 'object')
        state.listener({...update, serial, max_serial: max});
    } catch (error) {
      report(error);
    }
  };

  const fetchAll = async state => {
    for (;;) {
      const {updates, max} = await patiently('webxdc.list', {after: state.known});
      state.known = Math.min(state.known, max);
      for (const update of updates) {
        if (state.over)
          return;
        take(state, update, max);
      }
      if (updates.length === 0 || state.known >= max)
        return;
    }
  };

  const refresh = state => {
    if (!state.queued) {
      state.queued = true;
      state.work = state.work.then(() => {
        state.queued = false;
        return fetchAll(state);
      }).catch(report);
    }
    return state.work;
  };

  const begin = (listener, serial) => ({
    listener,
    known: Number.isSafeInteger(serial) && serial > 0 ? serial : 0,
    work: Promise.resolve(),
    queued: false,
    over: false,
  });

  let current = null;
  const setUpdateListener = (listener, serial) => {
    if (typeof listener !== 'function')
      throw new TypeError('webxdc.setUpdateListener(function, serial): the first argument is not a function');
    if (current !== null)
      current.over = true;
    current = begin(listener, serial);
    return refresh(current);
  };

  const getAllUpdates = async () => {
    const all = [];
    await fetchAll(begin(update => all.push(update), 0));
    return all;
  };

  const string = value => (typeof value === 'string' ? value : undefined);

  // One after the other, so that they arrive in order and none is too many.
  let sending = Promise.resolve();
  const sendUpdate = update => {
    if (update === null || typeof update !== 'object' || update.payload === undefined)
      throw new TypeError('webxdc.sendUpdate({payload, …}): there is no payload');
    const {payload, info, href, document, summary, notify} = update;
    const text = JSON.stringify({payload, info, href, document, summary, notify});
    const size = new TextEncoder().encode(text).length;
    if (size > self.maxSize)
      throw new RangeError(`An update may have at most ${self.maxSize} bytes; this one has ${size}`);
    const params = {update: text, info: string(info), document: string(document), summary: string(summary)};
    sending = sending.then(() => patiently('webxdc.send', params)).catch(report);
  };

  let joined = null;
  const joinRealtimeChannel = () => {
    if (joined !== null)
      throw new Error('The realtime channel is joined already; leave it first');
    const me = {listener: null};
    const check = () => {
      if (joined !== me)
        throw new Error('This realtime channel was left; join it again');
    };
    joined = me;
    call('webxdc.join', {}).catch(report);
    return {
      setListener: listener => {
        check();
        me.listener = listener;
      },
      send: data => {
        check();
        if (!(data instanceof Uint8Array))
          throw new TypeError('The realtime channel sends a Uint8Array');
        if (data.length > REALTIME_BYTES)
          throw new RangeError(`Realtime data may have at most ${REALTIME_BYTES} bytes; these are ${data.length}`);
        call('webxdc.beam', {data: encode(data)}).catch(report);
      },
      leave: () => {
        check();
        joined = null;
        call('webxdc.leave', {}).catch(report);
      },
    };
  };

  const readers = {
    blob: async blob => new Uint8Array(await blob.arrayBuffer()),
    base64: decode,
    plainText: text => new TextEncoder().encode(text),
  };

  const read = async file => {
    const kinds = Object.keys(readers).filter(kind => file[kind] !== undefined && file[kind] !== null);
    if (kinds.length !== 1 || typeof file.name !== 'string')
      throw new TypeError('A file has a name and one of blob, base64 and plainText');
    const bytes = await readers[kinds[0]](file[kinds[0]]);
    if (bytes.length > FILE_BYTES)
      throw new RangeError(`A file may have at most ${FILE_BYTES} bytes; this one has ${bytes.length}`);
    return bytes;
  };

  const share = async ({text, file}) => {
    const message = {text: string(text)};
    if (file) {
      const bytes = await read(file);
      for (let at = 0; at < bytes.length; at += PART_BYTES)
        await patiently('webxdc.part', {at, data: encode(bytes.subarray(at, at + PART_BYTES))});
      message.name = file.name;
      message.size = bytes.length;
    }
    await patiently('webxdc.share', message);
  };

  let sharing = Promise.resolve();
  const sendToChat = message => {
    const mine = sharing.then(() => share(message ?? {}));
    sharing = mine.catch(() => {});
    return mine;
  };

  // The host asks the person, as for any <input type="file">. It is kept here while it is open.
  let input = null;
  const importFiles = filter => new Promise((resolve, reject) => {
    if (navigator.userActivation?.isActive === false) {
      reject(new Error('webxdc.importFiles() needs a click or a key before it'));
      return;
    }
    input = document.createElement('input');
    input.type = 'file';
    input.multiple = filter?.multiple === true;
    input.accept = [...(filter?.extensions ?? []), ...(filter?.mimeTypes ?? [])].join(',');
    input.addEventListener('change', () => resolve([...input.files]), {once: true});
    input.addEventListener('cancel', () => resolve([]), {once: true});
    input.click();
  });

  const hostCalls = {
    __proto__: null,
    news: () => {
      if (current !== null)
        refresh(current);
    },
    realtime: list => {
      for (const data of list) {
        try {
          joined?.listener?.(decode(data));
        } catch (error) {
          report(error);
        }
      }
    },
  };

  channel.addEventListener('down', event => {
    const message = JSON.parse(event.detail);
    if (message.ask === undefined) {
      settle(message);
      return;
    }
    hostCalls[message.method]?.(message.params);
    up({answer: message.ask, result: {ok: true}});
  });

  channel.addEventListener('ready', () => {
    window.webxdc = {
      selfAddr: self.address,
      selfName: self.name,
      sendUpdateInterval: self.interval,
      sendUpdateMaxSize: self.maxSize,
      sendUpdate,
      setUpdateListener,
      getAllUpdates,
      joinRealtimeChannel,
      sendToChat,
      importFiles,
    };
  }, {once: true});
  document.dispatchEvent(new FocusEvent('nexus-hello', {relatedTarget: channel}));
})
