// Presses a key of the layout, by its code or by its character, with modifiers.
function main(input) {
  const events = Application('System Events');
  if (input.keyCode !== null) events.keyCode(input.keyCode, { using: input.modifiers });
  else events.keystroke(input.character, { using: input.modifiers });
}
