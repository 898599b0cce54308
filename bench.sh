#!/usr/bin/env bash
# Measures a real Gateway and a real Node on a desktop of their own, and prints figures beside the goals.
set -euo pipefail
cd "$(dirname "$0")"
. eng/setup.sh

usage() {
  cat <<'EOF'
usage: ./bench.sh [--json]

Measures start, round trips, throughput and rest of a Release build, on loopback and an Xvfb of its own.
It takes about two minutes. The machine should do nothing else.

  --json   one JSON object a line

examples:
  ./bench.sh
  ./bench.sh --json | jq 'select(.holds == false)'
EOF
}

case "${1:-}" in
  "" | --json) ;;
  -h | --help) usage; exit 0 ;;
  *) usage >&2; exit 2 ;;
esac
need_dotnet
{
  need_packages xvfb openbox xterm xdotool scrot xclip wmctrl x11-utils x11-xserver-utils x11-xkb-utils fonts-dejavu-core chromium
  build Sophon.Node.Benchmarks
} >&2
exec dotnet Sophon.Node.Benchmarks/bin/Release/net10.0/Sophon.Node.Benchmarks.dll "$@"
