#!/usr/bin/env bash
# Runs the tests. The last line is "N passed, N failed, N skipped".
set -euo pipefail
cd "$(dirname "$0")"
. eng/setup.sh

usage() {
  cat <<'EOF'
usage: ./test.sh [--fast | --release | --all] [--filter EXPRESSION]
       ./test.sh --chaos

Installs what the tests need, builds, and runs them: first the fast ones, then the Gateway's once more on PostgreSQL,
then those that start real programs (Gateway, Node, X servers, helpers), one at a time.

  --fast               only the tests that start no process and open no display
  --release            makes the release from a clone of this commit, and tests it too: in a bare Debian, from one version to
                       the next, and the end-to-end tests on the released programs (some ten minutes more)
  --all                that, and those on GNOME and Wine (installs about 500 MB of packages)
  --filter EXPRESSION  only these (dotnet test's filter)
  --chaos              what docs/reliability.md promises, and nothing else: processes killed, links cut, peers
                       that lie; prints the table (eng/soak.sh --short; about nine minutes, as root)

examples:
  ./test.sh
  ./test.sh --fast
  ./test.sh --filter FullyQualifiedName~Pairing
EOF
}

fast_only=no release=no all=no filter=
while [ $# -gt 0 ]; do
  case "$1" in
    --fast) fast_only=yes ;;
    --release) release=yes ;;
    --all) all=yes release=yes ;;
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
  systemd python3 zsh fish groff-base \
  libfaketime strace libsecret-tools gnome-keyring procps util-linux jq
[ $all = no ] || need_packages kdialog mutter gnome-shell xdg-desktop-portal xdg-desktop-portal-gnome pipewire wireplumber wine wine64
[ $release = no ] || need_packages git debootstrap dpkg zip unzip curl
build Sophon.Node.sln

# A runaway test must fail by itself, not take the machine with it.
export DOTNET_GCHeapHardLimit=0xC0000000

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
failed_to_run=0

# The release, from a clone of this commit; see Sophon.Node.Tests/Release/ReleaseFolder.cs.
make_release() {
  released="$results/released"
  git clone -q . "$results/clone"
  say "Making the release of $(git log -1 --format='%h, %s')"
  (
    cd "$results/clone"
    eng/publish.sh --output "$released/current" linux-x64 win-x64
    eng/publish.sh --output "$released/again" --only node --archives-only linux-x64
    eng/publish.sh --output "$released/next" --only node --archives-only --version 1.0.1 linux-x64
  )
  mkdir "$released/node" "$released/windows"
  tar -xzf "$released/current/sophon-node-linux-x64.tar.gz" -C "$released/node"
  tar -xzf "$released/current/sophon-gateway-linux-x64.tar.gz" -C "$released"
  unzip -q "$released/current/sophon-node-win-x64.zip" -d "$released/windows"
  export SOPHON_TEST_RELEASE="$released/current" SOPHON_TEST_RELEASE_AGAIN="$released/again" SOPHON_TEST_RELEASE_NEXT="$released/next"
  export SOPHON_TEST_RELEASE_WINDOWS="$released/windows"
  dotnet tool install PowerShell --version 7.6.9 --tool-path "$results/pwsh" >"$results/pwsh.log" 2>&1 || { cat "$results/pwsh.log" >&2; fail "PowerShell can't be installed as a .NET tool"; }
  export SOPHON_TEST_PWSH="$results/pwsh/pwsh"
}

# run NAME FILTER [RUNNER-SETTING…]
run() {
  local name=$1 expression=$2
  shift 2
  say "Running the $name tests"
  dotnet test Sophon.Node.Tests -c Release --no-build --nologo --filter "($expression)${filter:+&($filter)}" \
    --logger "trx;LogFileName=$results/$name.trx" --logger "console;verbosity=minimal" \
    --blame-hang-timeout 5m --blame-hang-dump-type none --results-directory "$results" -- "$@" </dev/null || failed_to_run=1
}

run fast "kind!=real&kind!=bench&kind!=wine&kind!=chaos&kind!=release"
[ $fast_only = yes ] || SOPHON_TEST_STORE=postgres run postgres "FullyQualifiedName~.Tests.Gateway.&kind!=real&kind!=bench&kind!=release"
[ $fast_only = yes ] || run real "kind=real&kind!=wine&desktop!=gnome" xUnit.ParallelizeTestCollections=false
if [ $release = yes ]; then
  make_release
  run release "kind=release" xUnit.ParallelizeTestCollections=false
  SOPHON_TEST_NODE="$released/node/sophon-node" SOPHON_TEST_GATEWAY="$released/sophon-gateway/sophon-gateway" \
    run released "kind=real&kind!=wine&desktop!=gnome&FullyQualifiedName~EndToEnd" xUnit.ParallelizeTestCollections=false
fi
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
