#!/usr/bin/env bash
# Tries what docs/reliability.md promises, on real processes, and prints the table of what was done and measured.
set -euo pipefail
cd "$(dirname "$0")/.."
. eng/setup.sh

usage() {
  cat <<'EOF'
usage: eng/soak.sh [--short] [--hours N] [--runs N]

Kills, cuts, stalls and lies to a real Gateway and a real Node, and prints one row for each promise of
docs/reliability.md. Everything but the soak takes about nine minutes; as root, since some of it mounts a
small disk and answers DNS.

  --short      a soak of two minutes, with the link cut every 5 s (./test.sh --chaos is this)
  --hours N    a soak of N hours, with the link cut every minute (default 1)
  --runs N     all of it N times in a row; the first run that does not hold ends it

examples:
  eng/soak.sh --short
  eng/soak.sh --short --runs 3
  eng/soak.sh --hours 24
EOF
}

short=no hours=1 runs=1
while [ $# -gt 0 ]; do
  case "$1" in
    --short) short=yes ;;
    --hours) hours=${2:?--hours takes a number}; shift ;;
    --runs) runs=${2:?--runs takes a number}; shift ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
  shift
done
[[ $hours =~ ^[0-9]+$ && $runs =~ ^[0-9]+$ ]] || { usage >&2; exit 2; }

if [ $short = yes ]; then
  export SOPHON_SOAK_SECONDS=120 SOPHON_SOAK_CUT_EVERY=5
else
  export SOPHON_SOAK_SECONDS=$((hours * 3600)) SOPHON_SOAK_CUT_EVERY=60
fi

need_dotnet
need_packages xvfb openbox xdotool scrot xclip wmctrl xinput x11-utils x11-xserver-utils x11-xkb-utils xterm fonts-dejavu-core sway procps util-linux libfaketime strace
build Sophon.Node.sln
export DOTNET_GCHeapHardLimit=0xC0000000

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
export SOPHON_CHAOS_TABLE=$results/table
held=yes
for ((run = 1; run <= runs; run++)); do
  say "Chaos, run $run of $runs"
  rm -f "$results"/table*
  dotnet Sophon.Node.Tests/bin/Release/net10.0/Sophon.Node.Tests.dll -trait kind=chaos -maxThreads 4 -noColor >"$results/log" 2>&1 </dev/null || held=no
  [ $held = yes ] || cat "$results/log"
  cat "$results/table" 2>/dev/null || true
  [ $held = yes ] || break
done

# As ./test.sh ends, too.
sed -nE 's/.*Total: ([0-9]+), Errors: ([0-9]+), Failed: ([0-9]+), Skipped: ([0-9]+).*/\1 \2 \3 \4/p' "$results/log" |
  awk '{ total += $1; failed += $2 + $3; skipped += $4 } END { printf "%d passed, %d failed, %d skipped\n", total - failed - skipped, failed, skipped }'
[ $held = yes ]
