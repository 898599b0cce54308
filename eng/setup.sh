#!/usr/bin/env bash
# Sourced by demo.sh, test.sh and bench.sh: what they all need of a machine.

say() { printf '\033[1m==>\033[0m %s\n' "$*"; }
fail() { printf 'error: %s\n' "$*" >&2; exit 3; }

# The .NET SDK that global.json asks for.
need_dotnet() {
  command -v dotnet >/dev/null || fail "the .NET 10 SDK is not on PATH. Install it (package dotnet-sdk-10.0), then run this again."
  dotnet --version >/dev/null 2>&1 || fail "no .NET SDK that global.json accepts: $(dotnet --version 2>&1 | head -n 1). Install dotnet-sdk-10.0."
}

# need_packages PACKAGE…: installs what is missing, as root or through sudo; without either it says what to install.
need_packages() {
  local missing=() package
  for package in "$@"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  command -v apt-get >/dev/null || fail "these Debian packages are needed, and this machine has no apt-get: ${missing[*]}"
  local as_root=()
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || fail "these packages are needed: run as root 'apt-get install --no-install-recommends ${missing[*]}', then this again."
    as_root=(sudo)
  fi
  say "Installing ${missing[*]}"
  local log
  log=$(mktemp)
  if ! { "${as_root[@]}" apt-get update -q && "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 </dev/null; then
    tail -n 20 "$log" >&2
    fail "apt-get could not install them; its last lines are above, all of them in $log"
  fi
  rm -f "$log"
}

# build PROJECT…: a Release build that is quiet when it is well.
build() {
  local project log
  log=$(mktemp)
  for project in "$@"; do
    say "Building $project"
    dotnet build "$project" -c Release -v q -nologo -clp:ErrorsOnly >"$log" 2>&1 </dev/null || { cat "$log" >&2; fail "$project does not build"; }
  done
  rm -f "$log"
}
