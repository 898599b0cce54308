// The part of each monitor that neither the menu bar nor the Dock covers, in points from the primary one's top left.
ObjC.import('AppKit');

function main() {
  const screens = ObjC.unwrap($.NSScreen.screens);
  return screens.map((screen) => {
    const area = screen.visibleFrame;
    return {
      id: String(ObjC.unwrap(screen.deviceDescription.objectForKey('NSScreenNumber'))),
      x: area.origin.x,
      y: screens[0].frame.size.height - area.origin.y - area.size.height,
      width: area.size.width,
      height: area.size.height,
    };
  });
}
