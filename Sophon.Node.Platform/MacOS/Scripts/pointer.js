// What cliclick can't do: the middle button, and the wheel.
ObjC.bindFunction('CGEventCreateScrollWheelEvent2', ['void *', ['void *', 'unsigned int', 'unsigned int', 'int', 'int', 'int']]);

const hidEventTap = 0;
const moved = 5;
const otherDown = 25;
const otherUp = 26;
const middle = 2;
const clickState = 1;
const pixelUnit = 0;

function mouse(type, input) {
  return $.CGEventCreateMouseEvent($(), type, $.CGPointMake(input.x, input.y), middle);
}

function main(input) {
  $.CGEventPost(hidEventTap, mouse(moved, input));
  for (let click = 1; click <= input.middleClicks; click++) {
    for (const type of [otherDown, otherUp]) {
      const event = mouse(type, input);
      $.CGEventSetIntegerValueField(event, clickState, click);
      $.CGEventPost(hidEventTap, event);
    }
  }

  // Positive turns away from the person, up, and to the left.
  if (input.deltaX !== 0 || input.deltaY !== 0)
    $.CGEventPost(hidEventTap, $.CGEventCreateScrollWheelEvent2($(), pixelUnit, 2, -input.deltaY, -input.deltaX, 0));
}
