// Does one thing to one window.
function find(id) {
  const servers = serverWindows();
  const server = servers.find((window) => String(window.id) === id);
  const processes = server ? Application('System Events').processes.whose({ unixId: server.pid })() : [];
  const window = processes.length > 0 ? windowsOf(processes[0], server.pid, servers).find((candidate) => candidate.server === server) : undefined;
  if (window === undefined) throw new Failure('notFound', 'There is no window with the id ' + id + '.');
  return { process: processes[0], window: window.specifier };
}

const actions = {
  place(target, input) {
    target.window.attributes.byName('AXMinimized').value = false;
    target.window.position = [input.x, input.y];
    if (input.width !== null) {
      target.window.size = [input.width, input.height];
      // A window that was too wide for its new place was moved by macOS.
      target.window.position = [input.x, input.y];
    }
  },
  minimize(target) {
    target.window.attributes.byName('AXMinimized').value = true;
  },
  focus(target) {
    target.window.attributes.byName('AXMinimized').value = false;
    target.process.frontmost = true;
    target.window.actions.byName('AXRaise').perform();
  },
  close(target) {
    const buttons = target.window.buttons.whose({ subrole: 'AXCloseButton' })();
    if (buttons.length === 0) throw new Failure('failed', 'The window has no close button.');
    buttons[0].actions.byName('AXPress').perform();
  },
};

function main(input) {
  actions[input.action](find(input.id), input);
}
