#!/usr/bin/env bash
# Measures a real Gateway and a real Node on a desktop of their own, and prints figures beside the goals.
set -euo pipefail
cd "$(dirname "$0")"
. eng/setup.sh

usage() {
  cat <<'EOF'
usage: ./bench.sh [start [--published]] [--json]

Measures start, round trips, throughput and rest of a Release build, on loopback and an Xvfb of its own.
It takes about two minutes. The machine should do nothing else.

  start        only the start, ten times, and the memory afterwards
  --published  of the program that eng/publish.sh makes for this machine, instead of the build
  --json       one JSON object a line

examples:
  ./bench.sh
  ./bench.sh start --published
  ./bench.sh --json | jq 'select(.holds == false)'
EOF
}

arguments=() start=no published=no
for argument in "$@"; do
  case "$argument" in
    start) start=yes; arguments+=(start) ;;
    --published) published=yes ;;
    --json) arguments+=(--json) ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
done
[ $published = no ] || [ $start = yes ] || { usage >&2; exit 2; }
need_dotnet
{
  [ $start = yes ] || need_packages xvfb openbox xterm xdotool scrot xclip wmctrl x11-utils x11-xserver-utils x11-xkb-utils fonts-dejavu-core chromium
  build Sophon.Node.Benchmarks
  if [ $published = yes ]; then
    eng/publish.sh --only node --archives-only --output artifacts/bench linux-x64
    tar -xzf artifacts/bench/sophon-node-linux-x64.tar.gz -C artifacts/bench
    export SOPHON_TEST_NODE="$PWD/artifacts/bench/sophon-node"
  fi
} >&2
exec dotnet Sophon.Node.Benchmarks/bin/Release/net10.0/Sophon.Node.Benchmarks.dll "${arguments[@]}"
