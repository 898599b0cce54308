#!/bin/sh
# Installs sophon-node on Linux and macOS as the install page does, and checks what it installs.
set -eu

usage() {
  cat <<'USAGE'
usage: install.sh [--from URL|FOLDER] [--to FOLDER] [--yes]

Downloads sophon-node for this machine, verifies its SHA-256 sum, puts it into the folder, and offers to install the
helper programs that your desktop needs.

  --from URL|FOLDER  where the release lies (https://releases.sophon.dev/node)
  --to FOLDER        where the program goes (/usr/local/bin, through sudo where it is not yours)
  --yes              install missing helpers without asking

examples:
  sh install.sh
  sh install.sh --from ./release --to ~/.local/bin
USAGE
}

say() { printf '%s\n' "$*"; }
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }

from=https://releases.sophon.dev/node to=/usr/local/bin yes=no
while [ $# -gt 0 ]; do
  case "$1" in
    --from) [ $# -gt 1 ] || fail "--from takes an URL or a folder"; from=$2; shift ;;
    --to) [ $# -gt 1 ] || fail "--to takes a folder"; to=$2; shift ;;
    --yes) yes=yes ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
  shift
done

case "$(uname -s)" in Linux) system=linux ;; Darwin) system=macos ;; *) fail "$(uname -s) is not supported by this script; on Windows use install.ps1" ;; esac
case "$(uname -m)" in x86_64 | amd64) machine=x64 ;; aarch64 | arm64) machine=arm64 ;; *) fail "there is no sophon-node for $(uname -m)" ;; esac
archive=sophon-node-$system-$machine.tar.gz

# The archive's sum comes over the same way as the archive: that way has to be trusted.
case "$from" in
  http://127.0.0.1[:/]* | http://localhost[:/]* | https://*) ;;
  http://*) fail "$from is not encrypted, so whoever is on the way could replace both archive and sum" ;;
esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

# fetch NAME: into $work
fetch() {
  case "$from" in
    http://* | https://*)
      if command -v curl >/dev/null; then curl -fL --progress-bar --retry 3 -o "$work/$1" "${from%/}/$1" || fail "${from%/}/$1 can't be downloaded"
      elif command -v wget >/dev/null; then wget -q -O "$work/$1" "${from%/}/$1" || fail "${from%/}/$1 can't be downloaded"
      else fail "curl or wget is needed to download. Install one (Debian: sudo apt install curl), then run this again."
      fi ;;
    *) cp "$from/$1" "$work/$1" || fail "$from/$1 can't be read" ;;
  esac
}

say "Downloading $archive from $from..."
fetch SHA256SUMS
fetch "$archive"
wanted=$(awk -v name="$archive" '$2 == name { print $1 }' "$work/SHA256SUMS")
[ -n "$wanted" ] || fail "SHA256SUMS of that release does not name $archive"
if command -v sha256sum >/dev/null; then got=$(sha256sum "$work/$archive"); else got=$(shasum -a 256 "$work/$archive"); fi
got=${got%% *}
[ "$got" = "$wanted" ] || fail "$archive has the SHA-256 sum $got, and not $wanted: it is damaged, or not what was released. Nothing was installed."
say "Its SHA-256 sum is right."

as_root=
run_as_root() { if [ -n "$as_root" ]; then $as_root "$@"; else "$@"; fi; }
need_root() {
  [ "$(id -u)" != 0 ] || return 0
  command -v sudo >/dev/null || fail "$1 takes root's rights, and there is no sudo: run this as root, or give a folder of yours with --to"
  as_root=sudo
}

mkdir -p "$work/unpacked"
tar -xzf "$work/$archive" -C "$work/unpacked" sophon-node
"$work/unpacked/sophon-node" version >/dev/null || fail "the program does not run on this machine; see above. On Debian it needs libstdc++6, libssl3 and ca-certificates."
[ -d "$to" ] || mkdir -p "$to" 2>/dev/null || need_root "$to"
[ -n "$as_root" ] || [ -w "$to" ] || need_root "$to"
run_as_root mkdir -p "$to"

# Beside it and renamed, so that a Node that runs keeps its own file.
run_as_root cp "$work/unpacked/sophon-node" "$to/.sophon-node.new"
run_as_root chmod 755 "$to/.sophon-node.new"
run_as_root mv "$to/.sophon-node.new" "$to/sophon-node"
say "Installed $to/sophon-node"
case ":$PATH:" in *":$to:"*) ;; *) say "$to is not on your PATH. Add it: export PATH=\"$to:\$PATH\"" ;; esac
as_root=

# The page's helpers, by desktop; programs on the left, packages on the right where they differ.
missing= install=
need() { command -v "$1" >/dev/null || missing="$missing ${2:-$1}"; }
if [ $system = macos ]; then
  need cliclick
  install="brew install"
else
  if [ -n "${WAYLAND_DISPLAY:-}" ]; then
    need ydotool
    need grim
    need wl-copy wl-clipboard
  else
    need xdotool
    need scrot
    need xclip
    need wmctrl
  fi
  install="apt-get install -y"
fi
missing=${missing# }
if [ -n "$missing" ]; then
  if [ $system = linux ] && ! command -v apt-get >/dev/null; then
    say "These helpers are missing; install them with your system's package manager: $missing"
  else
    answer=$yes
    if [ "$answer" = no ] && [ -t 0 ] && [ -t 1 ]; then
      printf 'These helpers are missing: %s. Install them now? [Y/n] ' "$missing"
      read -r answer
      case "$answer" in "" | y | Y | yes | Yes) answer=yes ;; *) answer=no ;; esac
    fi
    if [ "$answer" = yes ]; then
      [ $system = macos ] || need_root "installing packages"
      # shellcheck disable=SC2086
      run_as_root $install $missing
    elif [ $system = macos ]; then
      say "These helpers are missing; install them: brew install $missing"
    else
      say "These helpers are missing; install them: sudo apt install $missing"
    fi
  fi
fi

say "Next: register this machine in the Dashboard (Settings → Devices → Add Node), and run the command that it shows."
