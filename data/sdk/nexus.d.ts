// SPDX-License-Identifier: GPL-3.0-or-later
// Types of what a micro-app's page gets from Token Nexus Canvas: SDK 1.
//
// `nexus` is there before any script of the page runs. To have completion and checks in an editor, put
//   /// <reference path="nexus.d.ts" />
// at the top of app.js, or this file beside it. See guide.md for how an app is made.

/** The one object between an app and its host. It is frozen. */
declare const nexus: Nexus.Api;

/** The types' own room, so that none of them meets one of the DOM. */
declare namespace Nexus {
  /** Anything that JSON can say: what storage keeps and events carry. */
  type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

  interface Api {
    /** The version of this interface: 1. */
    readonly sdk: 1;

    /**
     * Says what the host may call. Call it once, while the page's scripts first run. All callbacks are optional, and may be async.
     *
     * @example
     * nexus.register({
     *   async onMount({ locale }) {
     *     document.body.textContent = await nexus.storage.get('name') ?? 'Nobody yet';
     *   },
     * });
     */
    register(callbacks: Callbacks): void;

    /**
     * Publishes an event. Its type must lie inside an event permission of the manifest with the action "emit"; the host stamps
     * who sent it. Other tiles, this one too, hear it if they subscribed.
     *
     * @param type words joined by dots: `todo.item.changed`; letters, digits, `-` and `_`
     * @param data what the event carries, at most 256 KiB as JSON and 60 levels deep. Where `events` of the manifest has a JSON
     *   Schema for the type, data that it doesn't fit are refused, with a JSON Pointer to what is wrong.
     * @returns settled when the event is on the bus; rejected with a {@link CallError} where the manifest doesn't declare it or the
     *   person doesn't allow it, and with the code -32002 where you say more than 1,000 things a second: wait, then go on
     *
     * @example
     * // manifest.json: {"type": "event", "resource": "weather.*", "actions": ["emit"], "reason": "Tells others the weather."}
     * await nexus.emit('weather.changed', { degrees: 21 });
     *
     * @example
     * // Who subscribes later hears this one first: the last retained event of its type. null takes it back, whatever the schema.
     * await nexus.emit('weather.now', { degrees: 21 }, { retain: true });
     */
    emit(type: string, data?: Json, options?: EmitOptions): Promise<null>;

    /**
     * Hears events from now on, and first what is retained of those types. The pattern must lie inside an event permission of the manifest with the action "listen";
     * where it doesn't, the console says so and nothing is heard. At most 64 subscriptions at a time.
     *
     * @param pattern a type in which `*` stands for one word and a last `>` for one or more: `todo.item.*`, `todo.>`
     * @param listener is called for each event, in the order they were published. Where it gives a promise, further events wait with
     *   the host until that has settled, 5 seconds at most: so a slow page is never flooded.
     * @param options what gives way when more than 1,024 events or 4 MiB wait, and what is heard of the past
     * @returns a function that ends it
     *
     * @example
     * // manifest.json: {"type": "event", "resource": "weather.>", "actions": ["listen"], "reason": "Shows the weather."}
     * const stop = nexus.subscribe('weather.>', event => show(event.data.degrees));
     *
     * @example
     * // Of each item only the newest state matters, and those of the last hour are wanted too.
     * nexus.subscribe('todo.item.*', show, { overflow: 'coalesce', key: 'id', replay: { since: Date.now() - 3600000 } });
     */
    subscribe(pattern: string, listener: (event: Event) => unknown, options?: SubscribeOptions): () => void;

    /**
     * Asks one other app, and waits for its reply. The type must lie inside an event permission of the manifest with the action
     * "emit". Nobody but the one who replies hears what is asked, and the reply comes to nobody else. It is not logged.
     *
     * @returns what the other one's function gave; rejected with a {@link CallError} where nobody replies to the type now, it failed,
     *   or it took too long; with the code -32001 where requests go round in a circle (more than 8 that each led to the next) or 64
     *   wait already; or with what the signal was aborted with
     *
     * @example
     * // manifest.json: {"type": "event", "resource": "weather.wanted", "actions": ["emit"], "reason": "Asks for the weather."}
     * const { degrees } = await nexus.request('weather.wanted', { place: 'Bern' }, { timeout: 3000 });
     */
    request(type: string, data?: Json, options?: RequestOptions): Promise<any>;

    /**
     * Replies to requests of one type. It must lie inside an event permission of the manifest with the action "respond"; where it
     * doesn't, the console says so. Of several apps that reply to a type the first one is asked. While the tile is held still, who
     * asks is told so. At most 64 types.
     *
     * @param replier gets the request as an event; what it gives, or its promise, is the reply: at most 256 KiB. What it throws
     *   goes to who asked, as a sentence.
     * @returns a function that ends it
     *
     * @example
     * // manifest.json: {"type": "event", "resource": "weather.wanted", "actions": ["respond"], "reason": "Tells the weather."}
     * nexus.respond('weather.wanted', async ({ data }) => ({ degrees: await measure(data.place) }));
     */
    respond(type: string, replier: (request: Event) => Json | Promise<Json> | void): () => void;

    /** Values of this tile: a second tile of the same app has its own. They survive restarts, and go when the tile is erased. */
    readonly storage: Storage;

    /** Values of the app: all its tiles have the same ones. Of two tiles that write the same key, the last one wins. */
    readonly shared: Storage;

    /**
     * Loads from and sends to the network, as `fetch` does elsewhere: the host does it, and only where a network permission of
     * the manifest says so and the person agrees. Reading (GET, HEAD) needs the action "read", all else "write"; the host must
     * lie in `security.allowedDomains`. What comes back is a real `Response`, its body a stream.
     *
     * The host knows no cookies and no passwords, and refuses every certificate that does not hold. Addresses of this computer
     * and its network are refused, wherever a name or a redirect leads, unless the permission names them: `localhost`,
     * `nas.local`, `192.168.1.5`. A GET is answered from memory while its answer is fresh (RFC 9111), and what may be repeated is
     * tried three times where a server is busy. `resources` of the manifest limits it: `network` requests a minute, `bytes` MiB
     * a day, sent and received.
     *
     * @param url whole, of http or https
     * @returns rejected with a {@link CallError} that says why (not declared, not reachable, too much), or with what the signal
     *   was aborted with
     *
     * @example
     * // manifest.json: {"type": "network", "resource": "https://api.example.com/*", "actions": ["read"], "reason": "Loads the weather."}
     * const response = await nexus.fetch('https://api.example.com/now', { signal: AbortSignal.timeout(10000) });
     * if (response.ok)
     *   show(await response.json());
     */
    fetch(url: string | URL, options?: FetchOptions): Promise<Response>;

    /**
     * Opens a WebSocket where a network permission has the action "socket"; for it `https` in the permission stands for `wss`
     * too. The host waits for `listener` before it hands over the next message, and reads no more from the other side while
     * much is waiting. At most 8 at a time, messages of at most 512 KiB.
     *
     * @param url whole, of ws or wss
     * @param listener is called with each message, in order: a string, or bytes
     * @returns settled when it is open
     *
     * @example
     * // manifest.json: {"type": "network", "resource": "https://api.example.com/*", "actions": ["socket"], "reason": "Follows the prices."}
     * const socket = await nexus.socket('wss://api.example.com/prices', message => show(JSON.parse(message)));
     * await socket.send(JSON.stringify({ follow: 'EUR' }));
     */
    socket(url: string | URL, listener: (message: string | Uint8Array) => void | Promise<void>,
      options?: { protocols?: string[] }): Promise<Socket>;

    /**
     * Shows a notification, under the app's name; a new one of the same tile takes the place of the last. Needs the api permission
     * "notifications" with the action "write".
     */
    notify(title: string, options?: { body?: string }): Promise<null>;

    /**
     * Shows the person the whole address and opens it in the browser if they want that. Needs the api permission "open-link" with
     * the action "write", and a click in the page within the last second.
     *
     * @returns whether they wanted it
     */
    openLink(url: string | URL): Promise<boolean>;

    /** The clipboard, to be written only: the api permission "clipboard" with "write", and a click within the last second. */
    readonly clipboard: { write(text: string): Promise<null> };

    /** Files that the person chooses in a dialog of the desktop's, each time anew; right after a click. */
    readonly files: {
      /** One to read; null where none was chosen. Needs the api permission "files" with the action "read". */
      open(): Promise<File | null>;
      /**
       * A place to save to; whether one was chosen. Needs the action "write". At most 1 GiB, and a stream is read as fast as the disk
       * takes it. The file is there when all of it has come: until then, and where it breaks off, what was there before stays.
       */
      save(name: string, content: BodyInit): Promise<boolean>;
    };

    /**
     * Where this computer is, as the desktop's location service says, which may ask the person once more. Needs the api permission
     * "geolocation" with the action "read". There is no more than one question at a time.
     *
     * @example
     * // manifest.json: {"type": "api", "resource": "geolocation", "actions": ["read"], "reason": "Shows the weather where you are."}
     * const { latitude, longitude } = await nexus.geolocation.get({ accuracy: 'city' });
     */
    readonly geolocation: {
      /**
       * Rejected with the code -32001 where the person or the desktop does not tell, and with -32000 where the desktop has no such
       * service or did not find out in time.
       */
      get(options?: LocationOptions): Promise<Position>;
    };

    /** About the desktop: names and versions only. Needs the api permission "system" with the action "read". */
    readonly system: { info(): Promise<{ os: string; osVersion: string; language: string; version: string }> };

    /** What the person lets the app do. */
    readonly permissions: Permissions;

    /** The tile's settings, as the person made them. */
    readonly config: {
      /**
       * @example
       * const { units = 'metric' } = await nexus.config.get();
       */
      get(): Promise<{ [key: string]: Json }>;
    };
  }

  /** What {@link Api.fetch} takes besides the address. */
  interface FetchOptions {
    /** GET (the default), HEAD, POST, PUT, PATCH, DELETE or OPTIONS. */
    method?: string;
    /** At most 64. What browsers keep to themselves (Cookie, Host, Origin, Sec-…, Proxy-…) is left out, as browsers do. */
    headers?: HeadersInit;
    /** Any body; a stream is read as fast as the other side takes it. A body that is sent is not sent again by a redirect. */
    body?: BodyInit | null;
    /** Ends the call, and the body that comes. */
    signal?: AbortSignal;
    /** Whether a redirect is followed, which is judged as if the app had called where it leads, or is an error. */
    redirect?: 'follow' | 'error';
  }

  /** What {@link Api.geolocation} takes. */
  interface LocationOptions {
    /** How near it has to be: ask for no more than you need. "city" where nothing is said. */
    accuracy?: 'country' | 'city' | 'neighborhood' | 'street' | 'exact';
    /** Milliseconds until it is given up, the time that the person takes included; 30,000 where nothing is said, at most 120,000. */
    timeout?: number;
  }

  /** Where this computer is. */
  interface Position {
    /** In degrees (WGS 84). */
    readonly latitude: number;
    readonly longitude: number;
    /** How far off that may be, in metres; this and the next three are there where they are known. */
    readonly accuracy?: number;
    /** In metres. */
    readonly altitude?: number;
    /** In metres a second. */
    readonly speed?: number;
    /** In degrees from north. */
    readonly heading?: number;
    /** Since when this is known, in ISO 8601. */
    readonly time: string;
  }

  /** An open WebSocket, see {@link Api.socket}. */
  interface Socket {
    /** What both sides agreed on, or "". */
    readonly protocol: string;
    /** Settled when the connection has taken the message: who waits for it never sends faster than the other side reads. */
    send(message: string | ArrayBuffer | ArrayBufferView): Promise<null>;
    /** Says good-bye; `code` is 1000 or of 3000 to 4999. */
    close(code?: number, reason?: string): Promise<null>;
    /** Settled at the end, however it came: 1006 where nobody said good-bye, with the reason in words. */
    readonly closed: Promise<{ code: number; reason: string }>;
  }

  /** One thing that an app may want to do, in the manifest's words. */
  interface Wish {
    readonly type: Grant['type'];
    /** What is touched now: `todo.item.done`, `https://api.example.com/v1/items`, `clipboard`. */
    readonly resource: string;
    readonly action: Grant['actions'][number];
  }

  /**
   * What the app may do. Nothing has to be asked for ahead: a call that needs a permission asks by itself, and waits.
   *
   * @example
   * const wish = { type: 'api', resource: 'clipboard', action: 'write' };
   * copyButton.hidden = await nexus.permissions.query(wish) === 'denied';
   */
  interface Permissions {
    /**
     * How it stands: `prompt` where the person would be asked; `denied` too where the manifest does not declare it. Whether the tile
     * is in sight and was clicked, as `when` may want it, is left out of it.
     */
    query(wish: Wish): Promise<'granted' | 'prompt' | 'denied'>;
    /** Asks the person where that is needed, as the first use would. It counts as one use where `when` says how often. */
    request(wish: Wish): Promise<'granted' | 'denied'>;
  }

  /**
   * Keeps JSON values under names. Every call is rejected with a {@link CallError} where it can't be done (storage full, a value too
   * large): tell the person then.
   *
   * @example
   * await nexus.storage.set('items', [{ title: 'Water the plants' }]);
   * const items = await nexus.storage.get('items') ?? [];
   */
  interface Storage {
    /** The value, or undefined where there is none. What comes back may be of an older version of the app: check it. */
    get<T = any>(key: string): Promise<T | undefined>;
    /** Keeps a value; `key` has 1 to 256 bytes, the value at most about a million characters as JSON. */
    set(key: string, value: Json): Promise<null>;
    /** Forgets a value; no error where there is none. */
    delete(key: string): Promise<null>;
    /** The names of all values. */
    keys(): Promise<string[]>;
  }

  /** What an app may answer to; see {@link Api.register}. */
  interface Callbacks {
    /**
     * The tile begins. The app counts as mounted when this has settled, and the person sees it then: read from storage, draw, and
     * return. After 5 seconds the host takes it for broken.
     */
    onMount?(context: Context): void | Promise<void>;

    /** The tile ends: the last moment to save. Not called where it is ended while it is held still; see `onPause`. */
    onUnmount?(): void | Promise<void>;

    /** The tile has another size. For looks alone, CSS container queries do without it. */
    onResize?(size: Size): void | Promise<void>;

    /** Every event of the types that the manifest declares to listen to, without a `subscribe` of their own. */
    onEvent?(event: Event): void;

    /**
     * The tile will be held still, because it has been out of sight for a while or because the person says so: save. Within a second
     * its process is stopped, timers and workers too. It may be ended like that, without `onUnmount`: what must come back is what
     * `getState` gives right after this.
     */
    onPause?(): void | Promise<void>;

    /** The tile goes on: what it shows may be old. Events that came meanwhile arrive now. */
    onResume?(): void | Promise<void>;

    /** Light or dark, or the accent changed. The CSS properties have changed already: only what CSS can't reach needs this. */
    onTheme?(theme: Theme): void | Promise<void>;

    /**
     * What the tile shows just now (the open page, a filter): the host keeps it when it ends the tile's process to save memory, or
     * copies it with the tile.
     */
    getState?(): Json | Promise<Json>;

    /** Takes up again what `getState` gave, or a part of it. It is called after `onMount`. */
    setState?(partial: { [key: string]: Json }): void | Promise<void>;
  }

  /** What a tile is told when it begins. */
  interface Context {
    /** Names this tile; another tile of the same app has another one. */
    readonly tileId: string;
    readonly size: Size;
    /** The tile's settings; the same as `nexus.config.get()`. */
    readonly config: { [key: string]: Json };
    readonly theme: Theme;
    /** The person's language and region for `Intl`, as a BCP 47 tag: `de-DE`. */
    readonly locale: string;
    /** The host's SDK version. */
    readonly sdk: number;
    /** What is granted already, at most what the manifest asks for; the rest the person is asked for at first use. */
    readonly granted: readonly Grant[];
  }

  /** A tile's size: in cells of the grid, and the page's own in CSS pixels. The smallest page is about 180 × 140. */
  interface Size {
    readonly columns: number;
    readonly rows: number;
    readonly width: number;
    readonly height: number;
  }

  /**
   * The desktop's look. The same is in CSS on `:root`, always up to date:
   *
   * | property | is |
   * |---|---|
   * | `--nexus-accent`, `--nexus-accent-fg` | the accent colour, and what is written on it |
   * | `--nexus-fg`, `--nexus-dim` | text, and text of less weight |
   * | `--nexus-bg` | the tile's background; leave the page's own transparent |
   * | `--nexus-border` | lines between things |
   * | `color-scheme` | `light` or `dark`, so that the engine's own controls follow |
   *
   * @example
   * button.primary { background: var(--nexus-accent); color: var(--nexus-accent-fg); }
   */
  interface Theme {
    readonly dark: boolean;
    readonly highContrast: boolean;
    /** Colours as CSS writes them. */
    readonly accent: string;
    readonly foreground: string;
    readonly background: string;
  }

  /** A permission as the manifest writes it. */
  interface Grant {
    readonly type: 'network' | 'event' | 'data' | 'api' | 'ui';
    readonly resource: string;
    readonly actions: readonly ('read' | 'write' | 'socket' | 'emit' | 'listen' | 'respond')[];
  }

  interface EmitOptions {
    /** Kept for those who subscribe later, as the last of its type; an app keeps at most 64, of 1 MiB together. They end with the program. */
    readonly retain?: boolean;
  }

  interface SubscribeOptions {
    /**
     * What gives way where events wait: "drop" the oldest when there are too many, which is the default; with "coalesce" also an
     * event for which a newer one of the same type, and of the same `key`, has come.
     */
    readonly overflow?: 'drop' | 'coalesce';
    /** A member of the data that says what an event is about: `id`. Its value is a text, number or boolean. */
    readonly key?: string;
    /**
     * First hear again what was said: of the log's last 100,000 events the newest `last` (1,000 at most, and 1 MiB), none from
     * before `since`, each once and in order, then what comes. What is retained is not heard separately. At most 8 at a time, and
     * after that one a second.
     */
    readonly replay?: { readonly since?: Date | number; readonly last?: number };
  }

  interface RequestOptions {
    /** Milliseconds until it fails: 10,000 where nothing is said, 60,000 at most. */
    readonly timeout?: number;
    /** Cancels it. */
    readonly signal?: AbortSignal;
  }

  /**
   * An event: a CloudEvents 1.0 envelope. Its data was written by another app: check it before use, and show it with `textContent`.
   */
  interface Event {
    readonly specversion: '1.0';
    readonly id: string;
    /** Who sent it, stamped by the host: `tn:/<app key>/<tile id>`, or `tn:/host`. No app can forge it. */
    readonly source: string;
    readonly type: string;
    /** When, in ISO 8601. */
    readonly time: string;
    readonly data: any;
  }

  /** Why a call was refused; `message` is a sentence. */
  interface CallError extends Error {
    /** A JSON-RPC error code. */
    readonly code: number;
    readonly data?: Json;
  }
}
