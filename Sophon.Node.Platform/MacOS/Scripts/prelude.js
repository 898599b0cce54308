// Runs before each script. A script defines main(input); its input comes as JSON on standard input, never as an argument:
// everybody can read arguments in the process list, and what is typed may be a password.
ObjC.import('Foundation');
ObjC.import('CoreGraphics');

function readInput() {
  const data = $.NSFileHandle.fileHandleWithStandardInput.readDataToEndOfFile;
  return JSON.parse(ObjC.unwrap($.NSString.alloc.initWithDataEncoding(data, $.NSUTF8StringEncoding)));
}

function Failure(kind, message) {
  this.kind = kind;
  this.message = message;
}

// errAEEventNotPermitted, kAXErrorAPIDisabled.
const kinds = { '-1743': 'automation', '-25211': 'accessibility' };

function run() {
  try {
    const value = main(readInput());
    return JSON.stringify({ value: value === undefined ? null : value });
  } catch (error) {
    const kind = error instanceof Failure ? error.kind : kinds[String(error.errorNumber)] || 'failed';
    return JSON.stringify({ error: { kind: kind, message: String(error.message) } });
  }
}
