#!/usr/bin/env bash
# Makes the release: what the install page downloads, the .NET tools, the Debian packages, the sums and the lists of what is inside.
set -euo pipefail
cd "$(dirname "$0")/.."
. eng/setup.sh
. eng/release/archives.sh
. eng/release/packages.sh
. eng/release/sbom.sh

every_rid=(linux-x64 linux-arm64 win-x64 win-arm64 osx-arm64 osx-x64)

usage() {
  cat <<USAGE
usage: eng/publish.sh [--output FOLDER] [--version VERSION] [--only node|gateway] [--archives-only] [RID…]

Builds self-contained releases of sophon-node and sophon-gateway for the RIDs (all of them without any: ${every_rid[*]}),
and for linux RIDs Debian packages, the .NET tool packages, SBOMs (CycloneDX), release.json and SHA256SUMS.
The same commit gives the same bytes. A RID whose runtime the package feed lacks is reported, and the exit code is then 1.

  --output FOLDER    where the release goes (artifacts/release)
  --version VERSION  instead of the one in Directory.Build.props
  --only PROGRAM     node or gateway
  --archives-only    no .NET tools, no Debian packages, no SBOMs

examples:
  eng/publish.sh
  eng/publish.sh linux-x64 win-x64
  eng/publish.sh --only node --archives-only --version 1.0.1 --output /tmp/next linux-x64
USAGE
}

output=artifacts/release version= only= archives_only=no rids=()
while [ $# -gt 0 ]; do
  case "$1" in
    --output) output=${2:?--output takes a folder}; shift ;;
    --version) version=${2:?--version takes a version like 1.0.1}; shift ;;
    --only) only=${2:?--only takes node or gateway}; shift ;;
    --archives-only) archives_only=yes ;;
    -h | --help) usage; exit 0 ;;
    -*) usage >&2; exit 2 ;;
    *) rids+=("$1") ;;
  esac
  shift
done
case "$only" in "") programs=(node gateway) ;; node | gateway) programs=("$only") ;; *) usage >&2; exit 2 ;; esac
[ ${#rids[@]} -gt 0 ] || rids=("${every_rid[@]}")
for rid in "${rids[@]}"; do
  case " ${every_rid[*]} " in *" $rid "*) ;; *) echo "error: $rid is none of: ${every_rid[*]}" >&2; exit 2 ;; esac
done

need_dotnet
need_packages git jq zip unzip gzip tar dpkg
version=${version:-$(sed -n 's:.*<VersionPrefix>\(.*\)</VersionPrefix>.*:\1:p' Directory.Build.props)}

# Every time stamp in the release is the commit's.
export SOURCE_DATE_EPOCH TZ=UTC LC_ALL=C.UTF-8
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
commit=$(git rev-parse HEAD)
umask 022
mkdir -p "$output"
output=$(cd "$output" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

missing=()
for rid in "${rids[@]}"; do
  for program in "${programs[@]}"; do
    say "Publishing sophon-$program $version for $rid"
    if publish "$program" "$rid"; then
      pack_archive "$program" "$rid"
      [ $archives_only = yes ] || case "$rid" in linux-*) pack_debian "$program" "$rid" ;; esac
    else
      missing+=("sophon-$program for $rid")
    fi
  done
done

if [ $archives_only = no ]; then
  for program in "${programs[@]}"; do
    say "Packing sophon-$program as a .NET tool, and listing what is inside"
    pack_tool "$program"
    write_sbom "$program"
  done
fi

cp eng/install.sh eng/install.ps1 "$output"
write_index
say "The release in $output:"
(cd "$output" && find . -maxdepth 1 -type f -printf '%s %f\n' | sort -k2 | awk '{ printf "  %6.1f MiB  %s\n", $1 / 1048576, $2 }')
[ ${#missing[@]} = 0 ] || { printf 'Not made, since the package feed lacks what it takes (see above):\n' >&2; printf '  %s\n' "${missing[@]}" >&2; exit 1; }
