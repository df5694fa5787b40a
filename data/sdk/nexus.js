// SPDX-License-Identifier: GPL-3.0-or-later
// The page's side: gives the page the frozen object `nexus` before any of its own scripts. What it needs of the
// language is taken now, so that a page that changes JSON or Promise only confuses itself.
(() => {
  'use strict';
  const {parse, stringify} = JSON;
  const {freeze, create} = Object;
  const {dispatchEvent, addEventListener} = EventTarget.prototype;
  const {apply} = Reflect;
  const Later = Promise;
  const then = Promise.prototype.then;
  const Detail = CustomEvent;
  // By the getter itself, for one that the page puts in its place would be shown the channel.
  const detailOf = Object.getOwnPropertyDescriptor(CustomEvent.prototype, 'detail').get;
  const report = console.error.bind(console);
  const mapGet = Map.prototype.get;
  const mapSet = Map.prototype.set;
  const mapDelete = Map.prototype.delete;
  const load = fetch;
  const wait = setTimeout;
  const stopWaiting = clearTimeout;

  const MAX_CHARACTERS = 1048576;
  const INVALID_REQUEST = -32600;
  const CHUNK_BYTES = 524288;
  const FAILED = -32000;
  const REFUSED = -32001;
  const LISTENERS_MS = 5000;

  const channel = document.createElement('i');
  const calls = new Map();
  const subscriptions = new Map();
  const repliers = new Map();
  const sockets = new Map();
  let callbacks = create(null);
  let registered = false;
  let last = 0;

  const fault = ({code, message, data}) => {
    const error = new Error(message);
    error.code = code;
    error.data = data;
    return error;
  };

  // What is too long goes no further than this: who said it is told, instead of waiting for an answer for ever.
  const write = message => {
    const text = stringify(message);
    if (text.length > MAX_CHARACTERS)
      throw fault({code: INVALID_REQUEST,
        message: `A message may have at most ${MAX_CHARACTERS} characters; this one has ${text.length}`});
    return new Detail('up', {detail: text});
  };

  const up = message => apply(dispatchEvent, channel, [write(message)]);

  const call = (method, params) => new Later((resolve, reject) => {
    last += 1;
    const event = write({id: last, method, params});
    apply(mapSet, calls, [last, {resolve, reject}]);
    apply(dispatchEvent, channel, [event]);
  });

  const settle = message => {
    const waiting = apply(mapGet, calls, [message.id]);
    if (waiting === undefined)
      return;
    apply(mapDelete, calls, [message.id]);
    if (message.error) {
      waiting.reject(fault(message.error));
    } else {
      waiting.resolve(message.result);
    }
  };

  const hear = ({subscription, event}) => apply(mapGet, subscriptions, [subscription])?.(event);

  // The next batch comes when all listeners are done with this one, or have had their time.
  const hearAll = list => {
    const hearing = [];
    for (let i = 0; i < list.length; i++) {
      try {
        const listened = hear(list[i]);
        if (typeof listened?.then === 'function')
          hearing[hearing.length] = apply(then, Later.resolve(listened), [undefined, report]);
      } catch (error) {
        report(error);
      }
    }
    if (hearing.length === 0)
      return null;
    return new Later(resolve => {
      let left = hearing.length;
      const timer = wait(() => resolve(null), LISTENERS_MS);
      const done = () => {
        left -= 1;
        if (left === 0) {
          stopWaiting(timer);
          resolve(null);
        }
      };
      for (let i = 0; i < hearing.length; i++)
        apply(then, hearing[i], [done]);
    });
  };

  const subscribe = (pattern, listener, {overflow = 'drop', key, replay} = {}) => {
    if (typeof listener !== 'function')
      throw new TypeError('nexus.subscribe (pattern, function): the second argument is not a function');
    last += 1;
    const subscription = last;
    const wish = {pattern, subscription, overflow, key};
    if (replay)
      wish.replay = {since: replay.since === undefined ? undefined : Number(replay.since), last: replay.last};
    apply(mapSet, subscriptions, [subscription, listener]);
    const opened = call('bus.subscribe', wish);
    apply(then, opened, [undefined, error => {
      apply(mapDelete, subscriptions, [subscription]);
      report(error);
    }]);
    return () => {
      apply(mapDelete, subscriptions, [subscription]);
      apply(then, opened, [() => call('bus.unsubscribe', {subscription}), () => {}]);
    };
  };

  const respond = (type, replier) => {
    if (typeof replier !== 'function')
      throw new TypeError('nexus.respond (type, function): the second argument is not a function');
    last += 1;
    const responder = last;
    apply(mapSet, repliers, [responder, replier]);
    const opened = call('bus.respond', {type, responder});
    apply(then, opened, [undefined, error => {
      apply(mapDelete, repliers, [responder]);
      report(error);
    }]);
    return () => {
      apply(mapDelete, repliers, [responder]);
      apply(then, opened, [() => call('bus.unrespond', {responder}), () => {}]);
    };
  };

  const request = async (type, data, {timeout = 10000, signal} = {}) => {
    signal?.throwIfAborted();
    last += 1;
    const wish = {request: last, type, data: data === undefined ? null : data, timeout};
    let cancel;
    try {
      return await new Later((resolve, reject) => {
        cancel = () => {
          reject(signal.reason);
          call('bus.cancel', {request: wish.request});
        };
        signal?.addEventListener('abort', cancel, {once: true});
        apply(then, call('bus.request', wish), [resolve, reject]);
      });
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  };

  // onEvent hears all that the manifest declares to listen to.
  const listen = patterns => {
    for (let i = 0; i < patterns.length; i++)
      subscribe(patterns[i], event => callbacks.onEvent(event));
  };

  const decode = text => Uint8Array.from(atob(text), c => c.charCodeAt(0));
  const encode = bytes => {
    let text = '';
    for (let at = 0; at < bytes.length; at += 4096)
      text += String.fromCharCode(...bytes.subarray(at, at + 4096));
    return btoa(text);
  };

  // Messages are taken one after the other; while the page is at one, the other side has to wait.
  const hearSocket = async ({socket, messages = [], code, reason, error}) => {
    const live = apply(mapGet, sockets, [socket]);
    for (let i = 0; live && i < messages.length; i++) {
      try {
        await live.listener(messages[i].text ?? decode(messages[i].data));
      } catch (thrown) {
        report(thrown);
      }
    }
    if (live && (code !== undefined || error !== undefined)) {
      apply(mapDelete, sockets, [socket]);
      live.end({code: code ?? 1006, reason: reason ?? error});
    }
    return socket;
  };

  const openSocket = async (url, listener, {protocols = []} = {}) => {
    if (typeof listener !== 'function')
      throw new TypeError('nexus.socket (url, function): the second argument is not a function');
    last += 1;
    const socket = last;
    const live = {listener};
    const closed = new Later(resolve => {
      live.end = resolve;
    });
    apply(mapSet, sockets, [socket, live]);
    try {
      const protocol = await call('socket.open', {socket, url: new URL(url).href, protocols});
      return freeze({
        protocol,
        closed,
        send: message => call('socket.send', typeof message === 'string' ? {socket, text: message} :
          {socket, data: encode(new Uint8Array(message.buffer ?? message, message.byteOffset, message.byteLength))}),
        close: (code = 1000, reason = '') => call('socket.close', {socket, code, reason}),
      });
    } catch (error) {
      apply(mapDelete, sockets, [socket]);
      throw error;
    }
  };

  // What the host asks for, by name: each may be asynchronous, its result goes back.
  const hostCalls = freeze({
    __proto__: null,
    ready: () => registered,
    mount: ({context, listen: patterns}) => {
      if (callbacks.onEvent)
        listen(patterns);
      return callbacks.onMount?.(freeze(context));
    },
    unmount: () => callbacks.onUnmount?.(),
    resize: size => callbacks.onResize?.(size),
    theme: theme => callbacks.onTheme?.(theme),
    pause: () => callbacks.onPause?.(),
    resume: () => callbacks.onResume?.(),
    getState: () => callbacks.getState?.(),
    setState: state => callbacks.setState?.(state),
    socket: hearSocket,
    events: hearAll,
    request: ({responder, event}) => {
      const replier = apply(mapGet, repliers, [responder]);
      if (replier === undefined)
        throw new Error('It does not reply to this any more');
      return replier(event);
    },
  });

  const answer = message => {
    const done = result => up({answer: message.ask, result: {ok: true, value: result}});
    const failed = error => {
      report(error);
      up({answer: message.ask, result: {ok: false, message: `${error}`}});
    };
    let result;
    try {
      result = hostCalls[message.method]?.(message.params);
    } catch (error) {
      failed(error);
      return;
    }
    apply(then, apply(then, Later.resolve(result), [done]), [undefined, failed]);
  };

  apply(addEventListener, channel, ['down', event => {
    const message = parse(apply(detailOf, event, []));
    if (message.ask !== undefined)
      answer(message);
    else
      settle(message);
  }]);

  const store = scope => freeze({
    get: key => apply(then, call('storage.get', {scope, key}), [result => (result.found ? result.value : undefined)]),
    set: (key, value) => call('storage.set', {scope, key, value: value === undefined ? null : value}),
    delete: key => call('storage.delete', {scope, key}),
    keys: () => call('storage.keys', {scope}),
  });

  const post = (address, method, body) => load(`/.nexus/${address}`, {method, headers: {'Nexus-Fetch': '1'}, body});

  // The pieces of a stream as chunks of one size, of which the last one may be shorter.
  async function* chunksOf(stream) {
    const reader = stream.getReader();
    let chunk = new Uint8Array(CHUNK_BYTES);
    let filled = 0;
    try {
      for (let {done, value} = await reader.read(); !done; {done, value} = await reader.read()) {
        for (let at = 0; at < value.length;) {
          const piece = value.subarray(at, at + chunk.length - filled);
          chunk.set(piece, filled);
          filled += piece.length;
          at += piece.length;
          if (filled === chunk.length) {
            yield chunk;
            chunk = new Uint8Array(CHUNK_BYTES);
            filled = 0;
          }
        }
      }
      if (filled > 0)
        yield chunk.subarray(0, filled);
    } finally {
      reader.cancel();
    }
  }

  // Each chunk is sent when the host has room for it. Where the other side wants no more, its answer says why.
  const upload = async (name, stream) => {
    for await (const chunk of chunksOf(stream)) {
      if (!(await post(`up/${name}`, 'PUT', chunk)).ok)
        return;
    }
    await post(`up/${name}`, 'POST');
  };

  // Any kind of body as a stream, with its type and, where it is known, its length.
  const pack = body => {
    const plain = typeof body === 'string' ? new TextEncoder().encode(body) : body;
    const packed = new Response(plain);
    const type = typeof body === 'string' ? 'text/plain;charset=UTF-8' : packed.headers.get('Content-Type');
    return {stream: packed.body, type, length: plain.byteLength ?? (plain instanceof Blob ? plain.size : -1)};
  };

  const describe = (input, {method = 'GET', headers, redirect = 'follow', body}) => {
    const packed = body === undefined || body === null ? undefined : pack(body);
    const list = new Headers(headers);
    if (packed?.type && !list.has('Content-Type'))
      list.set('Content-Type', packed.type);
    if (redirect !== 'follow' && redirect !== 'error')
      throw new TypeError('nexus.fetch: redirect is “follow” or “error”');
    return {packed, params: {
      url: new URL(input).href,
      method: `${method}`.toUpperCase(),
      headers: [...list],
      body: packed !== undefined,
      length: packed?.length ?? -1,
      follow: redirect === 'follow',
    }};
  };

  const checked = async (response, follow) => {
    const {headers} = response;
    if (headers.has('Nexus-Failure'))
      throw fault(await response.json());
    if (!follow && response.status >= 300 && response.status < 400 && response.status !== 304)
      throw new TypeError('nexus.fetch: the answer is somewhere else');
    return Object.defineProperties(response, {
      url: {value: headers.get('Nexus-Url')},
      redirected: {value: headers.has('Nexus-Redirected')},
    });
  };

  const fetchThrough = async (input, init = {}) => {
    const {signal} = init;
    const {packed, params} = describe(input, init);
    signal?.throwIfAborted();
    const {name} = await call('fetch.start', params);
    const cancel = () => call('fetch.cancel', {name});
    if (signal?.aborted) {
      cancel();
      throw signal.reason;
    }
    signal?.addEventListener('abort', cancel, {once: true});
    let broken;
    if (packed) {
      upload(name, packed.stream).catch(error => {
        broken = error;
        cancel();
      });
    }
    try {
      return await checked(await load(`/.nexus/body/${name}`,
        {headers: {'Nexus-Fetch': '1'}, cache: 'no-store', signal}), params.follow);
    } catch (error) {
      throw broken ?? error;
    }
  };

  const openFile = async () => {
    const chosen = await call('files.open', {});
    if (chosen === null)
      return null;
    const response = await load(`/.nexus/file/${chosen.offer}`, {headers: {'Nexus-Fetch': '1'}, cache: 'no-store'});
    if (!response.ok)
      throw fault({code: FAILED, message: 'The file can’t be read'});
    return new File([await response.blob()], chosen.name);
  };

  const passed = async response => {
    if (response.headers.has('Nexus-Failure'))
      throw fault(await response.json());
    if (!response.ok)
      throw fault({code: FAILED, message: 'The file is not written any more'});
  };

  // What was there before stays until all of it has come.
  const saveFile = async (name, content) => {
    const chosen = await call('files.save', {name: `${name}`});
    if (chosen === null)
      return false;
    const address = `save/${chosen.save}`;
    try {
      for await (const chunk of chunksOf(new Response(content ?? '').body))
        await passed(await post(address, 'PUT', chunk));
      await passed(await post(address, 'POST'));
    } catch (error) {
      await post(address, 'DELETE');
      throw error;
    }
    return true;
  };

  const nexus = freeze({
    sdk: 1,
    register: given => {
      callbacks = given ?? create(null);
      registered = true;
      call('register', {});
    },
    emit: (type, data, {retain = false} = {}) =>
      call('bus.emit', {type, data: data === undefined ? null : data, retain: retain === true}),
    subscribe,
    request,
    respond,
    storage: store('tile'),
    shared: store('app'),
    config: freeze({get: () => call('config.get', {})}),
    fetch: fetchThrough,
    socket: openSocket,
    notify: (title, {body = ''} = {}) => call('notify', {title: `${title}`, body: `${body}`}),
    openLink: url => call('link.open', {url: new URL(url).href}),
    clipboard: freeze({write: text => call('clipboard.write', {text: `${text}`})}),
    files: freeze({open: openFile, save: saveFile}),
    geolocation: freeze({
      get: ({accuracy = 'city', timeout = 30000} = {}) => call('geolocation.get', {accuracy, timeout}),
    }),
    system: freeze({info: () => call('system.info', {})}),
    permissions: freeze({
      query: ({type, resource, action}) => call('permissions.query', {type, resource, action}),
      request: ({type, resource, action}) => apply(then, call('permissions.request', {type, resource, action}), [undefined,
        error => {
          if (error.code === REFUSED)
            return 'denied';
          throw error;
        }]),
    }),
  });

  const hello = () => document.dispatchEvent(new FocusEvent('nexus-hello', {relatedTarget: channel}));
  document.addEventListener('nexus-ready', hello);
  apply(addEventListener, channel, ['ready', () => {
    document.removeEventListener('nexus-ready', hello);
    // Configurable, so that a page's own `const nexus` is no error. Only now: where the relay has a channel already, this
    // is the second time in one page, and the first `nexus` stays.
    Object.defineProperty(window, 'nexus', {value: nexus, configurable: true, enumerable: false, writable: false});
  }, {once: true}]);
  hello();
})();
