// display notification (Standard Additions).
function main(input) {
  const app = Application.currentApplication();
  app.includeStandardAdditions = true;
  app.displayNotification(input.message, { withTitle: input.title });
}
