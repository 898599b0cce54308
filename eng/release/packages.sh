#!/usr/bin/env bash
# Sourced by eng/publish.sh: Debian packages and .NET tool packages.

# build_portable PROGRAM: the build that runs on this machine's .NET, once.
build_portable() {
  [ -d "$work/portable/$1" ] && return
  local log="$work/portable.log"
  dotnet publish "$(project_of "$1")" -c Release -o "$work/portable/$1" --artifacts-path "$work/build" -v quiet -nologo --disable-build-servers \
    -p:Version="$version" -p:ContinuousIntegrationBuild=true -p:DebugType=embedded >"$log" 2>&1 </dev/null || { cat "$log" >&2; fail "$(project_of "$1") does not build"; }
}

# The program itself, whatever system it is published for: it writes its manual and completions.
run_portable() { local program=$1; shift; dotnet "$work/portable/$program/sophon-$program.dll" "$@"; }

# pack_tool PROGRAM: "dotnet tool install -g sophon-PROGRAM --add-source FOLDER" installs it where .NET is.
pack_tool() {
  local log="$work/tool.log" name="sophon-$1.$version.nupkg" unpacked="$work/tool-$1"
  dotnet pack "$(project_of "$1")" -c Release -o "$work/tools" --artifacts-path "$work/build" -v quiet -nologo --disable-build-servers \
    -p:AsTool=true -p:Version="$version" -p:ContinuousIntegrationBuild=true -p:DebugType=embedded >"$log" 2>&1 </dev/null || { cat "$log" >&2; fail "sophon-$1 can't be packed as a .NET tool"; }

  # NuGet gives a file of its own a random name and every entry the time of the build: packed anew with neither.
  rm -rf "$unpacked"
  mkdir "$unpacked"
  (
    cd "$unpacked"
    unzip -q "$work/tools/$name"
    local core
    core=$(find package/services/metadata/core-properties -name '*.psmdcp')
    mv "$core" "${core%/*}/$(printf 'sophon-%s %s' "$1" "$version" | sha256sum | cut -c1-32).psmdcp"
    sed -i -E "s:/package/services/metadata/core-properties/[0-9a-f]+\.psmdcp:/$(find package -name '*.psmdcp'):; s:Id=\"R[0-9A-F]+\":Id=\"R0\":2; s:(core-properties\" Target=\"[^\"]*\" Id=\")R[0-9A-F]+:\1R1:" _rels/.rels
    # Symbols of native libraries: three times as large as all else.
    find . -name '*.pdb' -delete
    find . -exec touch -d "@$SOURCE_DATE_EPOCH" {} +
    rm -f "$output/$name"
    find . -type f -printf '%P\n' | sort | zip -q -9 -X "$output/$name" -@
  )
}

# pack_debian PROGRAM RID
pack_debian() {
  local program=$1 rid=$2 package="sophon-$1" root architecture
  case "$rid" in linux-x64) architecture=amd64 ;; linux-arm64) architecture=arm64 ;; esac
  build_portable "$program"
  root="$work/debian-$program-$rid"
  rm -rf "$root"
  mkdir -p "$root/DEBIAN" "$root/usr/bin" "$root/usr/share/doc/$package" "$root/usr/share/man/man1" \
    "$root/usr/share/bash-completion/completions" "$root/usr/share/zsh/vendor-completions" "$root/usr/share/fish/vendor_completions.d"

  if [ "$program" = gateway ]; then
    # The Dashboard's files lie beside the program.
    mkdir -p "$root/usr/lib"
    cp -r "$work/$program/$rid" "$root/usr/lib/$package"
    find "$root/usr/lib/$package" -type f -exec chmod 644 {} +
    chmod 755 "$root/usr/lib/$package/$package"
    ln -s "../lib/$package/$package" "$root/usr/bin/$package"
  else
    install -m 755 "$work/$program/$rid/$package" "$root/usr/bin/$package"
  fi
  run_portable "$program" man | gzip -9n >"$root/usr/share/man/man1/$package.1.gz"
  run_portable "$program" completion bash >"$root/usr/share/bash-completion/completions/$package"
  run_portable "$program" completion zsh >"$root/usr/share/zsh/vendor-completions/_$package"
  run_portable "$program" completion fish >"$root/usr/share/fish/vendor_completions.d/$package.fish"
  printf '%s (%s) stable; urgency=medium\n\n  * See CHANGELOG.md of this version.\n\n -- Sophon <noreply@sophon.dev>  %s\n' \
    "$package" "$version" "$(date -u -R -d "@$SOURCE_DATE_EPOCH")" | gzip -9n >"$root/usr/share/doc/$package/changelog.gz"
  gzip -9nc CHANGELOG.md >"$root/usr/share/doc/$package/NEWS.gz"
  cat >"$root/usr/share/doc/$package/copyright" <<COPYRIGHT
This package holds $package and the .NET runtime that it runs on.

Copyright © 2026 Sophon, for $package.
Copyright © .NET Foundation and contributors, for the runtime (MIT licence).
The libraries inside, each with its licence, are listed in $package.cdx.json of the same release.
COPYRIGHT
  # The runtime and SkiaSharp bring their own: that is what "needs no .NET on the machine" means.
  mkdir -p "$root/usr/share/lintian/overrides"
  printf '%s: embedded-library *\n' "$package" >"$root/usr/share/lintian/overrides/$package"
  sed "s/@VERSION@/$version/; s/@ARCHITECTURE@/$architecture/; s/@SIZE@/$(du -sk --apparent-size "$root/usr" | cut -f1)/" "eng/release/$package.control" >"$root/DEBIAN/control"
  (cd "$root" && find usr -type f | sort | xargs -d '\n' md5sum >DEBIAN/md5sums)
  find "$root" -type d -exec chmod 755 {} +
  find "$root/usr/share" "$root/DEBIAN" -type f -exec chmod 644 {} +
  find "$root" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
  dpkg-deb --root-owner-group -Zgzip -z9 --build "$root" "$output/${package}_${version}_$architecture.deb" >/dev/null
}
