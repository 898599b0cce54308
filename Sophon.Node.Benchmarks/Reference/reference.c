/* The limit that the Node is measured against: the display's own calls and nothing around them. One core.
   reference capture RUNS   one XShm capture of the whole screen and its JPEG (4:2:0, quality 80), RUNS times
   reference encode RUNS    the JPEG alone
   reference click RUNS     pointer to (100, 100), press, release, and a round trip to the server
   Prints one duration in microseconds a line. */
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XShm.h>
#include <X11/extensions/XTest.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <time.h>
#include <turbojpeg.h>

static double now_us(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e6 + t.tv_nsec / 1e3;
}

static int fail(const char *what) {
  fprintf(stderr, "reference: %s\n", what);
  return 1;
}

int main(int argc, char **argv) {
  if (argc != 3) return fail("usage: reference capture|encode|click RUNS");
  int runs = atoi(argv[2]);
  Display *display = XOpenDisplay(NULL);
  if (!display) return fail("no display");
  Window root = DefaultRootWindow(display);

  if (!strcmp(argv[1], "click")) {
    for (int i = 0; i < runs; i++) {
      double start = now_us();
      XTestFakeMotionEvent(display, -1, 100, 100, CurrentTime);
      XTestFakeButtonEvent(display, 1, True, CurrentTime);
      XTestFakeButtonEvent(display, 1, False, CurrentTime);
      XSync(display, False);
      printf("%.1f\n", now_us() - start);
    }
    return 0;
  }

  int capture = !strcmp(argv[1], "capture");
  if (!capture && strcmp(argv[1], "encode")) return fail("unknown measure");
  int width = DisplayWidth(display, DefaultScreen(display)), height = DisplayHeight(display, DefaultScreen(display));
  XShmSegmentInfo segment;
  XImage *image = XShmCreateImage(display, DefaultVisual(display, DefaultScreen(display)), DefaultDepth(display, DefaultScreen(display)),
                                  ZPixmap, NULL, &segment, width, height);
  if (!image) return fail("no shared image");
  segment.shmid = shmget(IPC_PRIVATE, (size_t)image->bytes_per_line * height, IPC_CREAT | 0600);
  segment.shmaddr = image->data = shmat(segment.shmid, NULL, 0);
  segment.readOnly = False;
  if (!XShmAttach(display, &segment)) return fail("the server can't attach");
  XSync(display, False);
  shmctl(segment.shmid, IPC_RMID, NULL);
  XShmGetImage(display, root, image, 0, 0, AllPlanes);

  tjhandle compressor = tjInitCompress();
  unsigned long room = tjBufSize(width, height, TJSAMP_420);
  unsigned char *jpeg = tjAlloc((int)room);
  for (int i = 0; i < runs; i++) {
    double start = now_us();
    unsigned long size = room;
    if (capture) XShmGetImage(display, root, image, 0, 0, AllPlanes);
    if (tjCompress2(compressor, (unsigned char *)image->data, width, image->bytes_per_line, height, TJPF_BGRX, &jpeg, &size, TJSAMP_420, 80,
                    TJFLAG_NOREALLOC | TJFLAG_ACCURATEDCT))
      return fail(tjGetErrorStr2(compressor));
    printf("%.1f\n", now_us() - start);
  }
  return 0;
}
