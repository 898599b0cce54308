// Every window of every application, highest first.
function main() {
  const servers = serverWindows();
  const list = [];
  for (const process of Application('System Events').processes.whose({ backgroundOnly: false })()) {
    const pid = process.unixId();
    const inFront = process.frontmost();
    for (const window of windowsOf(process, pid, servers)) {
      list.push({
        id: String(window.server.id),
        title: window.title,
        app: process.name(),
        processId: pid,
        x: window.server.x,
        y: window.server.y,
        width: window.server.width,
        height: window.server.height,
        focused: inFront && attribute(window.specifier, 'AXMain') === true,
        minimized: attribute(window.specifier, 'AXMinimized') === true,
        order: servers.indexOf(window.server),
      });
    }
  }

  return list.sort((one, other) => one.order - other.order);
}
