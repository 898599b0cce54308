#!/usr/bin/env bash
# Measures the Node and the Gateway on this machine.
set -euo pipefail
cd "$(dirname "$0")"
. eng/setup.sh

usage() {
  cat <<'EOF'
usage: ./bench.sh [node | peers | dashboard | ways] [--json]
       ./bench.sh start [--published] [--json]

Measures a Release build, on loopback and X servers of its own. All takes about five minutes; the machine should do nothing else.

  node         start to Online, rest, round trips, throughput
  peers        clicks, captures and the clipboard beside xdotool, scrot, maim, ImageMagick, ffmpeg and xclip,
               and beside the limit: XShm, libjpeg-turbo and XTEST in C
  dashboard    the list of a fleet in a browser
  (none)       node, peers and dashboard
  ways         an image from Node to Gateway: JSON, MessagePack, or a WebSocket of its own (docs/adr/0016)
  start        only the start, ten times, and the memory afterwards
  --published  of the program that eng/publish.sh makes for this machine, instead of the build
  --json       one JSON object a line

examples:
  ./bench.sh
  ./bench.sh peers
  ./bench.sh start --published
  ./bench.sh --json | jq 'select(.holds == false)'
EOF
}

measure='' published=no arguments=()
for argument in "$@"; do
  case "$argument" in
    node | peers | dashboard | ways | start) measure=$argument; arguments+=("$argument") ;;
    --published) published=yes ;;
    --json) arguments+=(--json) ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
done
[ $published = no ] || [ "$measure" = start ] || { usage >&2; exit 2; }
need_dotnet
out=Sophon.Node.Benchmarks/bin/Release/net10.0
{
  [ "$measure" = start ] || need_packages xvfb openbox xterm xdotool scrot maim imagemagick ffmpeg xclip wmctrl x11-utils x11-xserver-utils x11-xkb-utils \
    fonts-dejavu-core chromium libturbojpeg0 libturbojpeg0-dev libx11-dev libxext-dev libxtst-dev gcc libc6-dev
  build Sophon.Node.Benchmarks
  if [ "$measure" = peers ] || [ -z "$measure" ]; then
    say "Building the C reference"
    gcc -O2 -Wall -Wextra -o "$out/reference" Sophon.Node.Benchmarks/Reference/reference.c -lX11 -lXext -lXtst -lturbojpeg
  fi
  if [ $published = yes ]; then
    eng/publish.sh --only node --archives-only --output artifacts/bench linux-x64
    tar -xzf artifacts/bench/sophon-node-linux-x64.tar.gz -C artifacts/bench
    export SOPHON_TEST_NODE="$PWD/artifacts/bench/sophon-node"
  fi
} >&2
exec dotnet "$out/Sophon.Node.Benchmarks.dll" "${arguments[@]}"
