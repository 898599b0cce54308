// Where an application is installed, and as which process it runs.
ObjC.import('AppKit');

function main(input) {
  const workspace = $.NSWorkspace.sharedWorkspace;
  const path = input.path === null ? ObjC.unwrap(workspace.fullPathForApplication(input.name)) : input.path;
  if (!path) throw new Failure('notFound', 'No installed application is called "' + input.name + '".');
  const running = ObjC.unwrap(workspace.runningApplications)
    .filter((app) => !app.bundleURL.isNil() && ObjC.unwrap(app.bundleURL.path) === path)
    .map((app) => app.processIdentifier);
  return { path: path, processIds: running };
}
