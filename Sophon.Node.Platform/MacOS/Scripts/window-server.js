// Windows as the window server numbers them (ids, order) joined with what System Events can drive (titles, states, actions).
// The two know nothing of each other but the process and the place.
function serverWindows() {
  const all = 0;
  const list = ObjC.deepUnwrap(ObjC.castRefToObject($.CGWindowListCopyWindowInfo(all, 0))) || [];
  return list
    .filter((window) => window.kCGWindowLayer === 0 && window.kCGWindowBounds)
    .map((window) => ({
      id: window.kCGWindowNumber,
      pid: window.kCGWindowOwnerPID,
      x: window.kCGWindowBounds.X,
      y: window.kCGWindowBounds.Y,
      width: window.kCGWindowBounds.Width,
      height: window.kCGWindowBounds.Height,
    }));
}

function attribute(window, name) {
  try {
    return window.attributes.byName(name).value();
  } catch (error) {
    return null;
  }
}

function samePlace(window, position, size) {
  return window.x === position[0] && window.y === position[1] && window.width === size[0] && window.height === size[1];
}

// One process's windows, each with its specifier.
function windowsOf(process, pid, servers) {
  const mine = servers.filter((window) => window.pid === pid);
  const found = [];
  for (const window of process.windows()) {
    const position = window.position();
    const size = window.size();
    const at = mine.findIndex((candidate) => samePlace(candidate, position, size));
    if (at < 0) continue;
    const server = mine.splice(at, 1)[0];
    found.push({ server: server, specifier: window, title: window.name() || '' });
  }

  return found;
}
