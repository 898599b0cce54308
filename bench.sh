#!/usr/bin/env bash
# Measures a real Gateway and a real Node on desktops of their own, beside the tools that others use, and prints figures beside the goals.
set -euo pipefail
cd "$(dirname "$0")"
. eng/setup.sh

usage() {
  cat <<'EOF'
usage: ./bench.sh [node | peers | ways] [--json]

Measures a Release build, on loopback and X servers of its own. All takes about four minutes; the machine should do nothing else.

  node     start to Online, rest, round trips, throughput
  peers    clicks, captures and the clipboard beside xdotool, scrot, maim, ImageMagick, ffmpeg and xclip,
           and beside the limit: XShm, libjpeg-turbo and XTEST in C
  ways     an image from Node to Gateway: JSON, MessagePack, or a WebSocket of its own (docs/adr/0016)
  (none)   node and peers

  --json   one JSON object a line

examples:
  ./bench.sh
  ./bench.sh peers
  ./bench.sh --json | jq 'select(.holds == false)'
EOF
}

for argument in "$@"; do
  case "$argument" in
    node | peers | ways | --json) ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
done
need_dotnet
out=Sophon.Node.Benchmarks/bin/Release/net10.0
{
  need_packages xvfb openbox xterm xdotool scrot maim imagemagick ffmpeg xclip wmctrl x11-utils x11-xserver-utils x11-xkb-utils fonts-dejavu-core \
    libturbojpeg0 libturbojpeg0-dev libx11-dev libxext-dev libxtst-dev gcc libc6-dev
  build Sophon.Node.Benchmarks
  say "Building the C reference"
  gcc -O2 -Wall -Wextra -o "$out/reference" Sophon.Node.Benchmarks/Reference/reference.c -lX11 -lXext -lXtst -lturbojpeg
} >&2
exec dotnet "$out/Sophon.Node.Benchmarks.dll" "$@"
