// Starts a program that has no bundle. It is this script's child, and launchd's once the script has ended: it outlives the Node.
function main(input) {
  const task = $.NSTask.alloc.init;
  task.executableURL = $.NSURL.fileURLWithPath(input.path);
  task.arguments = $(input.arguments);
  task.currentDirectoryURL = $.NSURL.fileURLWithPath(input.folder);
  for (const stream of ['standardInput', 'standardOutput', 'standardError']) task[stream] = $.NSFileHandle.fileHandleWithNullDevice;
  if (!task.launchAndReturnError($())) throw new Failure('notFound', input.path + ' is no program that can be started.');
  return task.processIdentifier;
}
