// The monitors in points, from the primary one's top left. AppKit counts from its bottom left.
ObjC.import('AppKit');

function main() {
  const screens = ObjC.unwrap($.NSScreen.screens);
  return screens.map((screen, index) => {
    const frame = screen.frame;
    return {
      id: String(ObjC.unwrap(screen.deviceDescription.objectForKey('NSScreenNumber'))),
      name: ObjC.unwrap(screen.localizedName),
      isPrimary: index === 0,
      x: frame.origin.x,
      y: screens[0].frame.size.height - frame.origin.y - frame.size.height,
      width: frame.size.width,
      height: frame.size.height,
      scale: screen.backingScaleFactor,
    };
  });
}
