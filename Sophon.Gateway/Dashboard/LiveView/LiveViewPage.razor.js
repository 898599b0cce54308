// Puts live-view.js on the page, and its figures beside the picture.

const WORDS = {
  starting: "Starting…", running: "Live", paused: "Paused by the person there", denied: "Not allowed", unavailable: "No picture",
  offline: "Offline", unsupported: "Not supported", disconnected: "Not connected",
};

/** Shows a Node's screen in the section: its canvas, its status and its figures. Returns what has stop(). */
export async function show(section, script, nodeId, operate) {
  const { watch } = await import(new URL(script, document.baseURI).href);
  const part = name => section.querySelector(`[data-live-${name}]`);
  const canvas = section.querySelector("canvas");
  const view = watch(canvas, { nodeId, operate });
  let forget = 0;
  const complain = text => {
    clearTimeout(forget);
    part("error").textContent = text;
    part("error").hidden = text === "";
    if (text !== "") forget = setTimeout(() => complain(""), 8000);
  };

  canvas.addEventListener("live-status", ({ detail }) => {
    section.dataset.status = detail.status;
    part("status").textContent = (WORDS[detail.status] ?? detail.status) + (detail.message ? `: ${detail.message}` : "");
  });
  canvas.addEventListener("live-error", ({ detail }) => complain(`${detail.message} (${detail.code})`));
  canvas.addEventListener("live-stats", ({ detail }) => {
    const milliseconds = value => value === null ? "–" : `${Math.round(value)} ms`;
    part("frames").value = `${detail.framesPerSecond.toFixed(1)} / s`;
    part("latency").value = milliseconds(detail.latencyMs ?? detail.roundTripMs);
    if (detail.inputMs !== null) part("input").value = milliseconds(detail.inputMs);
    part("rate").value = `${Math.round(detail.kilobytesPerSecond)} kB / s`;
  });
  return view;
}
