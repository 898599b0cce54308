#!/usr/bin/env bash
# Runs the tests. The last line is "N passed, N failed, N skipped".
set -euo pipefail
cd "$(dirname "$0")"
. eng/setup.sh

usage() {
  cat <<'EOF'
usage: ./test.sh [--fast | --all] [--filter EXPRESSION]
       ./test.sh --chaos

Installs what the tests need, builds, and runs them: first the fast ones, then the Gateway's once more on PostgreSQL,
then those that start real programs (Gateway, Node, X servers, helpers), one at a time.

  --fast               only the tests that start no process and open no display
  --all                those on GNOME and Wine too (installs about 500 MB of packages)
  --filter EXPRESSION  only these (dotnet test's filter)
  --chaos              what docs/reliability.md promises, and nothing else: processes killed, links cut, peers
                       that lie; prints the table (eng/soak.sh --short; about six minutes, as root)

examples:
  ./test.sh
  ./test.sh --fast
  ./test.sh --filter FullyQualifiedName~Pairing
EOF
}

fast_only=no all=no filter=
while [ $# -gt 0 ]; do
  case "$1" in
    --fast) fast_only=yes ;;
    --all) all=yes ;;
    --chaos) exec eng/soak.sh --short ;;
    --filter) filter=${2:?--filter takes an expression}; shift ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
  shift
done

need_dotnet
[ $fast_only = yes ] || need_packages \
  xvfb openbox xterm xdotool scrot xclip wmctrl xinput x11-utils x11-xserver-utils x11-xkb-utils \
  sway swaybg grim wl-clipboard wtype wev foot \
  libnotify-bin dunst zenity mousepad dbus dbus-x11 fonts-dejavu-core fonts-wqy-zenhei \
  imagemagick libjpeg-turbo-progs libturbojpeg0 \
  chromium nginx-light postgresql openssl \
  libfaketime strace libsecret-tools gnome-keyring procps util-linux jq
[ $all = no ] || need_packages kdialog mutter gnome-shell xdg-desktop-portal xdg-desktop-portal-gnome pipewire wireplumber wine wine64
build Sophon.Node.sln

# A runaway test must fail by itself, not take the machine with it.
export DOTNET_GCHeapHardLimit=0xC0000000

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
failed_to_run=0

# run NAME FILTER [RUNNER-SETTING…]
run() {
  local name=$1 expression=$2
  shift 2
  say "Running the $name tests"
  dotnet test Sophon.Node.Tests -c Release --no-build --nologo --filter "($expression)${filter:+&($filter)}" \
    --logger "trx;LogFileName=$results/$name.trx" --logger "console;verbosity=minimal" \
    --blame-hang-timeout 5m --blame-hang-dump-type none --results-directory "$results" -- "$@" </dev/null || failed_to_run=1
}

run fast "kind!=real&kind!=bench&kind!=wine&kind!=chaos"
[ $fast_only = yes ] || SOPHON_TEST_STORE=postgres run postgres "FullyQualifiedName~.Tests.Gateway.&kind!=real&kind!=bench"
[ $fast_only = yes ] || run real "kind=real&kind!=wine&desktop!=gnome" xUnit.ParallelizeTestCollections=false
[ $all = no ] || run gnome "kind=real&desktop=gnome" xUnit.ParallelizeTestCollections=false
[ $all = no ] || run wine "kind=wine" xUnit.ParallelizeTestCollections=false

table=$(eng/contract-table.sh "$results")
[ -z "$table" ] || { say "The desktop contract"; printf '%s\n' "$table"; }

# Adds up one counter of the <Counters …/> lines.
count() { cat "$results"/*.trx 2>/dev/null | grep -o '<Counters [^>]*' | grep -o "\b$1=\"[0-9]*\"" | grep -o '[0-9]*' | awk '{ sum += $1 } END { print sum + 0 }'; }
passed=$(count passed)
failed=$(count failed)
skipped=$(($(count total) - passed - failed))
[ $skipped = 0 ] || { say "Skipped, and why:"; cat "$results"/*.trx | grep -A 12 'outcome="NotExecuted"' | grep -oE 'testName="[^"]*"|<(StdOut|Message)>[^<]*' | sed -E 's/^testName="(.*)"/  \1/; s/^<(StdOut|Message)>/      /'; }
[ $failed_to_run = 0 ] || [ "$failed" -gt 0 ] || { echo "error: a test run ended early; see above" >&2; failed=1; }
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
