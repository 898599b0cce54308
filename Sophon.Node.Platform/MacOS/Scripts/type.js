// Types pieces of text as keyboard events that carry the characters themselves, whatever the layout.
ObjC.import('AppKit');
// As the bridge declares it, it takes no pointer from NSData.
ObjC.bindFunction('CGEventKeyboardSetUnicodeString', ['void', ['void *', 'unsigned long', 'void *']]);

const hidEventTap = 0;
const returnKey = 36;
const tabKey = 48;

function post(event) {
  // No modifiers: one that the person holds would turn letters into shortcuts.
  $.CGEventSetFlags(event, 0);
  $.CGEventPost(hidEventTap, event);
}

function pressKey(code) {
  for (const down of [true, false]) post($.CGEventCreateKeyboardEvent($(), code, down));
}

function typeText(text) {
  const units = $(text).dataUsingEncoding($.NSUTF16LittleEndianStringEncoding);
  for (const down of [true, false]) {
    const event = $.CGEventCreateKeyboardEvent($(), 0, down);
    $.CGEventKeyboardSetUnicodeString(event, text.length, units.bytes);
    const carried = ObjC.unwrap($.NSEvent.eventWithCGEvent(event).characters);
    if (carried !== text) throw new Failure('failed', 'macOS did not take the text into a keyboard event.');
    post(event);
  }
}

function main(input) {
  for (const piece of input.pieces) {
    if (piece === '\n') pressKey(returnKey);
    else if (piece === '\t') pressKey(tabKey);
    else typeText(piece);
    delay(0.01);
  }
}
