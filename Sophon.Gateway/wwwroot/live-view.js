// A Node's screen on a canvas, over the Gateway's /live/{nodeId} (docs/protocol.md, "Live view").
// No build step, no inline code: works under "script-src 'self'; connect-src 'self'".
//
//   import { watch } from "./live-view.js";
//   const view = watch(canvas, { nodeId: "k3x9q2mzab", operate: true });
//   canvas.addEventListener("live-status", e => …e.detail.status, e.detail.message);   // starting, running, paused, denied, unavailable, offline, unsupported, disconnected
//   canvas.addEventListener("live-stats", e => …e.detail);                              // once a second, see Stats
//   canvas.addEventListener("live-error", e => …e.detail.code, e.detail.message);       // a click or key that failed
//   view.stop();

const HEAD = 28, TILE_HEAD = 12, VERSION = 1;
const RETRY_FIRST = 500, RETRY_CAP = 10_000;
const TYPE_WITHIN = 40, SCROLL_WITHIN = 50, MOVE_WITHIN = 60;

// Keys whose text is not what they do; names as input.keyboard.press takes them.
const KEYS = {
  Enter: "enter", Escape: "escape", Tab: "tab", Backspace: "backspace", Delete: "delete", Insert: "insert", Home: "home", End: "end",
  PageUp: "pageup", PageDown: "pagedown", ArrowUp: "up", ArrowDown: "down", ArrowLeft: "left", ArrowRight: "right",
};
for (let i = 1; i <= 24; i++) KEYS["F" + i] = "f" + i;

const BUTTONS = ["left", "middle", "right"];

/** Draws the screen of a Node on a canvas until stop() is called. options: nodeId, operate (clicks and keys go to the Node), url. */
export function watch(canvas, options) {
  return new LiveView(canvas, options);
}

/** What a frame's bytes say. Throws on anything that is no frame of this version. */
export function readFrame(buffer) {
  const view = new DataView(buffer);
  if (buffer.byteLength < HEAD || view.getUint16(0, true) !== VERSION) throw new Error("no frame of version " + VERSION);
  const frame = {
    sequence: view.getUint32(4, true), width: view.getUint16(8, true), height: view.getUint16(10, true),
    x: view.getInt32(12, true), y: view.getInt32(16, true), ageMs: view.getInt32(20, true), tiles: [],
  };
  let at = HEAD;
  for (let i = view.getUint16(2, true); i > 0; i--) {
    const length = view.getInt32(at + 8, true);
    frame.tiles.push({
      x: view.getUint16(at, true), y: view.getUint16(at + 2, true), width: view.getUint16(at + 4, true), height: view.getUint16(at + 6, true),
      jpeg: new Uint8Array(buffer, at + TILE_HEAD, length),
    });
    at += TILE_HEAD + length;
  }
  return frame;
}

/** Frames a second, their age when drawn, bytes a second, and how long a click or key took to show. */
class Stats {
  #since = performance.now();
  #frames = 0;
  #bytes = 0;
  #ages = [];
  roundTripMs = null;
  inputMs = null;

  frame(bytes, ageMs) {
    this.#frames++;
    this.#bytes += bytes;
    this.#ages.push(ageMs);
  }

  take() {
    const now = performance.now(), seconds = (now - this.#since) / 1000;
    const ages = this.#ages.sort((a, b) => a - b);
    const taken = {
      framesPerSecond: this.#frames / seconds, kilobytesPerSecond: this.#bytes / 1000 / seconds,
      latencyMs: ages.length ? ages[ages.length >> 1] : null, roundTripMs: this.roundTripMs, inputMs: this.inputMs,
    };
    [this.#since, this.#frames, this.#bytes, this.#ages, this.inputMs] = [now, 0, 0, [], null];
    return taken;
  }
}

class LiveView {
  #canvas;
  #context;
  #url;
  #operate;
  #socket = null;
  #stopped = false;
  #retry = RETRY_FIRST;
  #drawing = Promise.resolve();
  #origin = { x: 0, y: 0 };
  #stats = new Stats();
  #inputAt = null;
  #text = "";
  #scroll = null;
  #timers = new Set();
  #removals = [];

  constructor(canvas, { nodeId, operate = false, url = null }) {
    this.#canvas = canvas;
    this.#context = canvas.getContext("2d", { alpha: false, desynchronized: true });
    this.#operate = operate;
    const base = new URL(url ?? `live/${encodeURIComponent(nodeId)}`, document.baseURI);
    base.protocol = base.protocol === "https:" ? "wss:" : "ws:";
    this.#url = base;
    if (operate) this.#listen();
    this.#every(1000, () => {
      this.#send({ ping: performance.now() });
      this.#tell("live-stats", this.#stats.take());
    });
    this.#connect();
  }

  stop() {
    this.#stopped = true;
    for (const timer of this.#timers) clearInterval(timer);
    for (const remove of this.#removals) remove();
    this.#socket?.close();
  }

  #connect() {
    if (this.#stopped) return;
    const socket = new WebSocket(this.#url);
    socket.binaryType = "arraybuffer";
    this.#socket = socket;
    socket.onopen = () => { this.#retry = RETRY_FIRST; };
    socket.onmessage = message => {
      if (typeof message.data === "string") this.#hear(JSON.parse(message.data));
      else this.#receive(socket, message.data);
    };
    // A session that ended and one that broke look the same: connect again, and be let in or not.
    socket.onclose = () => {
      if (this.#stopped) return;
      if (this.#retry > RETRY_FIRST) this.#tell("live-status", { status: "disconnected", message: "The Gateway does not answer; trying again." });
      setTimeout(() => this.#connect(), this.#retry);
      this.#retry = Math.min(RETRY_CAP, this.#retry * 2);
    };
  }

  #hear(message) {
    if (message.pong !== undefined) this.#stats.roundTripMs = performance.now() - message.pong;
    if (message.commandFailed !== undefined) this.#tell("live-error", { code: message.commandFailed, message: message.message });
    if (message.mayOperate !== undefined) this.#tell("live-rights", { mayOperate: message.mayOperate });
    if (message.status === undefined) return;
    if (message.status === "paused" || message.status === "denied") this.#drawing = this.#drawing.then(() => this.#blank());
    this.#tell("live-status", { status: message.status, message: message.message ?? null });
  }

  // Decoding runs ahead of drawing; frames are drawn in their order, and the Gateway hears of each that is.
  #receive(socket, data) {
    const receivedAt = performance.now();
    const frame = readFrame(data);
    const decoded = Promise.all(frame.tiles.map(tile => createImageBitmap(new Blob([tile.jpeg], { type: "image/jpeg" }))));
    decoded.catch(() => {});
    this.#drawing = this.#drawing.then(async () => {
      try {
        this.#draw(frame, await decoded);
        this.#stats.frame(data.byteLength, frame.ageMs + (this.#stats.roundTripMs ?? 0) / 2 + performance.now() - receivedAt);
        if (this.#inputAt !== null) [this.#stats.inputMs, this.#inputAt] = [performance.now() - this.#inputAt, null];
      } catch (error) {
        this.#tell("live-error", { code: "frame", message: String(error) });
      }
      this.#send({ drawn: frame.sequence }, socket);
    });
  }

  #draw(frame, bitmaps) {
    if (this.#canvas.width !== frame.width || this.#canvas.height !== frame.height) [this.#canvas.width, this.#canvas.height] = [frame.width, frame.height];
    this.#origin = { x: frame.x, y: frame.y };
    bitmaps.forEach((bitmap, i) => {
      this.#context.drawImage(bitmap, frame.tiles[i].x, frame.tiles[i].y);
      bitmap.close();
    });
  }

  #blank() {
    this.#context.fillRect(0, 0, this.#canvas.width, this.#canvas.height);
  }

  // ---- clicks, scrolling, keys

  #listen() {
    if (!this.#canvas.hasAttribute("tabindex")) this.#canvas.tabIndex = 0;
    this.#on("contextmenu", event => event.preventDefault());
    this.#on("mousedown", event => {
      this.#canvas.focus();
      event.preventDefault();
    });
    this.#on("mouseup", event => {
      if (event.button >= BUTTONS.length) return;
      this.#flushText();
      this.#command("input.mouse.click", { ...this.#point(event), button: BUTTONS[event.button] });
    });
    this.#on("wheel", event => {
      event.preventDefault();
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 40 : event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? this.#canvas.height : 1;
      const first = this.#scroll === null;
      this.#scroll = { ...this.#point(event), deltaX: (this.#scroll?.deltaX ?? 0) + event.deltaX * unit, deltaY: (this.#scroll?.deltaY ?? 0) + event.deltaY * unit };
      if (first) setTimeout(() => this.#flushScroll(), SCROLL_WITHIN);
    });
    let move = null;
    this.#on("mousemove", event => {
      const first = move === null;
      move = this.#point(event);
      if (first) setTimeout(() => {
        this.#command("input.mouse.move", move);
        move = null;
      }, MOVE_WITHIN);
    });
    this.#on("keydown", event => this.#key(event));
    this.#on("paste", event => {
      event.preventDefault();
      this.#type(event.clipboardData.getData("text"));
    });
  }

  #key(event) {
    if (event.isComposing || event.key === "Dead" || ["Shift", "Control", "Alt", "Meta", "AltGraph"].includes(event.key)) return;
    // The way out for who uses the keyboard alone.
    if (event.key === "Escape" && event.shiftKey) {
      this.#canvas.blur();
      return;
    }
    const altGraph = event.getModifierState("AltGraph");
    const chord = !altGraph && (event.ctrlKey || event.altKey || event.metaKey);
    // The browser's own paste event brings the text.
    if (chord && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "v") return;
    event.preventDefault();
    if (!chord && [...event.key].length === 1) {
      this.#type(event.key);
      return;
    }
    const key = KEYS[event.key] ?? ([...event.key].length === 1 ? event.key.toLowerCase() : null);
    if (key === null) return;
    const held = [event.ctrlKey && !altGraph && "ctrl", event.altKey && !altGraph && "alt", event.metaKey && "meta", event.shiftKey && "shift"].filter(Boolean);
    this.#flushText();
    if (held.length === 0) this.#command("input.keyboard.press", { keys: key });
    else this.#command("input.keyboard.hotkey", { keys: [...held, key].join("+") });
  }

  #type(text) {
    if (text === "") return;
    if (this.#text === "") setTimeout(() => this.#flushText(), TYPE_WITHIN);
    this.#text += text;
  }

  #flushText() {
    const text = this.#text;
    this.#text = "";
    if (text !== "") this.#command("input.keyboard.type", { text });
  }

  #flushScroll() {
    const { x, y, deltaX, deltaY } = this.#scroll;
    this.#scroll = null;
    this.#command("input.mouse.scroll", { x, y, deltaX: Math.round(deltaX), deltaY: Math.round(deltaY) });
  }

  #point(event) {
    const box = this.#canvas.getBoundingClientRect();
    const clamp = (value, size) => Math.min(size - 1, Math.max(0, Math.floor(value)));
    return {
      x: this.#origin.x + clamp((event.clientX - box.left) * this.#canvas.width / box.width, this.#canvas.width),
      y: this.#origin.y + clamp((event.clientY - box.top) * this.#canvas.height / box.height, this.#canvas.height),
    };
  }

  #command(type, parameters) {
    if (type !== "input.mouse.move") this.#inputAt = performance.now();
    this.#send({ command: { type, parameters } });
  }

  // ---- plumbing

  #send(message, socket = this.#socket) {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  }

  #tell(name, detail) {
    this.#canvas.dispatchEvent(new CustomEvent(name, { detail }));
  }

  #on(name, handler) {
    this.#canvas.addEventListener(name, handler, { passive: false });
    this.#removals.push(() => this.#canvas.removeEventListener(name, handler));
  }

  #every(milliseconds, action) {
    this.#timers.add(setInterval(action, milliseconds));
  }
}
