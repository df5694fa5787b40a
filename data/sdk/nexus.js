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

  const MAX_CHARACTERS = 1048576;
  const INVALID_REQUEST = -32600;
  const REFUSED = -32001;

  const channel = document.createElement('i');
  const calls = new Map();
  const subscriptions = new Map();
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

  const subscribe = (pattern, listener) => {
    if (typeof listener !== 'function')
      throw new TypeError('nexus.subscribe (pattern, function): the second argument is not a function');
    last += 1;
    const subscription = last;
    apply(mapSet, subscriptions, [subscription, listener]);
    apply(then, call('bus.subscribe', {pattern, subscription}), [undefined, error => {
      apply(mapDelete, subscriptions, [subscription]);
      report(error);
    }]);
    return () => {
      apply(mapDelete, subscriptions, [subscription]);
      call('bus.unsubscribe', {subscription});
    };
  };

  // onEvent hears all that the manifest declares to listen to.
  const listen = patterns => {
    for (let i = 0; i < patterns.length; i++)
      subscribe(patterns[i], event => callbacks.onEvent(event));
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
    events: list => {
      for (let i = 0; i < list.length; i++) {
        try {
          hear(list[i]);
        } catch (error) {
          report(error);
        }
      }
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

  const nexus = freeze({
    sdk: 1,
    register: given => {
      callbacks = given ?? create(null);
      registered = true;
      call('register', {});
    },
    emit: (type, data) => call('bus.emit', {type, data: data === undefined ? null : data}),
    subscribe,
    storage: store('tile'),
    shared: store('app'),
    config: freeze({get: () => call('config.get', {})}),
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
