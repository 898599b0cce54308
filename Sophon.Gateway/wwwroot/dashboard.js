// What a browser does better by itself than over the wire: the passing of time, copying, and saying that the wire is gone.

const skew = Date.parse(document.body.dataset.now) - Date.now();
const now = () => Date.now() + skew;

// The words are those of Shared/Ago.cs.
const ago = seconds =>
  seconds < 2 ? "now"
  : seconds < 60 ? `${Math.floor(seconds)} s ago`
  : seconds < 3600 ? `${Math.floor(seconds / 60)} min ago`
  : seconds < 172800 ? `${Math.floor(seconds / 3600)} h ago`
  : `${Math.floor(seconds / 86400)} days ago`;

const left = seconds => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

// Blazor owns the text node: its value is changed, the node itself is never replaced.
const write = (element, text) => {
  const node = element.firstChild;
  if (node && node.nodeValue !== text) node.nodeValue = text;
};

const tick = () => {
  for (const element of document.querySelectorAll("time[data-ago]")) {
    const moment = Date.parse(element.dateTime);
    write(element, ago(Math.max(0, (now() - moment) / 1000)));
    element.title = new Date(moment).toLocaleString();
  }

  for (const element of document.querySelectorAll("time[data-until]"))
    write(element, left(Math.max(0, (Date.parse(element.dateTime) - now()) / 1000)));
};
setInterval(tick, 1000);

// Blazor takes a link within the page for navigation, and leaves the focus where it was.
document.addEventListener("click", event => {
  if (!event.target.closest?.(".skip")) return;
  event.preventDefault();
  document.getElementById("main").focus();
}, true);

// <button data-copy="ID OF THE ELEMENT">: says on itself whether it worked, and returns to its own words.
document.addEventListener("click", async event => {
  const button = event.target.closest?.("[data-copy]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copy);
  let done = true;
  try {
    await navigator.clipboard.writeText(source.textContent);
  } catch {
    // Without HTTPS a browser gives no clipboard: then the text is selected, for Ctrl+C.
    getSelection().selectAllChildren(source);
    done = document.execCommand("copy");
  }

  button.dataset.copied = done ? "Copied" : "Selected: press Ctrl+C";
  setTimeout(() => delete button.dataset.copied, 2500);
});

// Blazor tells a lost connection by this event and by classes on the dialog, which dashboard.css shows its parts by.
const dialog = document.getElementById("components-reconnect-modal");
dialog?.addEventListener("components-reconnect-state-changed", event => {
  switch (event.detail.state) {
    case "show": if (!dialog.open) dialog.showModal(); break;
    case "hide": dialog.close(); break;
    case "failed": document.addEventListener("visibilitychange", retryWhenSeen); break;
    case "rejected": loadAnew(); break;
  }
});
dialog?.addEventListener("cancel", event => event.preventDefault());
dialog?.addEventListener("click", event => {
  if (event.target.closest("[data-reconnect]")) retry();
});

async function retry() {
  document.removeEventListener("visibilitychange", retryWhenSeen);
  try {
    // False: the Gateway answers, and no longer knows this page.
    if (!await Blazor.reconnect()) loadAnew();
  } catch {
    document.addEventListener("visibilitychange", retryWhenSeen);
  }
}

function retryWhenSeen() {
  if (document.visibilityState === "visible") retry();
}

// A page that has to load anew, after a restart of the Gateway, brings back what was typed into each <input data-keep="key">.
const keptKey = "sophon-kept";
const isTicked = input => input.type === "checkbox" || input.type === "radio";

function loadAnew() {
  const inputs = [...document.querySelectorAll("[data-keep]")].filter(input => !input.disabled);
  const values = Object.fromEntries(inputs.map(input => [input.dataset.keep, isTicked(input) ? input.checked : input.value]));
  try {
    sessionStorage.setItem(keptKey, JSON.stringify({ path: location.pathname, values }));
  } catch { /* no storage: then it has to be typed again */ }
  location.reload();
}

const bringBack = kept => {
  const restore = () => {
    for (const input of document.querySelectorAll("[data-keep]")) {
      const value = kept.values[input.dataset.keep];
      if (value === undefined || input.disabled) continue;
      delete kept.values[input.dataset.keep];
      if (isTicked(input)) {
        if (input.checked !== value) input.click();
      } else if (input.value !== value) {
        input.value = value;
        input.dispatchEvent(new Event("input", { bubbles: true }));
      }
    }
  };
  const observer = new MutationObserver(restore);
  observer.observe(document.body, { childList: true, subtree: true });
  // What has not come up by then belongs to a form that is not open any more.
  setTimeout(() => observer.disconnect(), 15_000);
  restore();
};

try {
  const kept = JSON.parse(sessionStorage.getItem(keptKey));
  sessionStorage.removeItem(keptKey);
  if (kept?.path === location.pathname) bringBack(kept);
} catch { /* nothing was kept */ }
