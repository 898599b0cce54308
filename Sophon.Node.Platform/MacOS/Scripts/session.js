// Which permissions this process has, and whether a person's session is there and unlocked.
ObjC.import('ApplicationServices');
ObjC.bindFunction('AXIsProcessTrusted', ['bool', []]);
ObjC.bindFunction('CGPreflightScreenCaptureAccess', ['bool', []]);

function main() {
  // Null for a process outside every session (a daemon, ssh).
  const session = ObjC.deepUnwrap(ObjC.castRefToObject($.CGSessionCopyCurrentDictionary()));
  return {
    accessibility: Boolean($.AXIsProcessTrusted()),
    screenRecording: Boolean($.CGPreflightScreenCaptureAccess()),
    hasSession: Boolean(session && session.kCGSSessionOnConsoleKey),
    locked: Boolean(session && session.CGSSessionScreenIsLocked),
  };
}
