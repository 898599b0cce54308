#!/usr/bin/env bash
# Sourced by eng/publish.sh: from sources to the archives that the install page downloads.

project_of() { case "$1" in node) echo Sophon.Node ;; gateway) echo Sophon.Gateway ;; esac; }

# The install page says "macos" where .NET says "osx".
name_of() { echo "sophon-$1-${2/#osx-/macos-}"; }

# publish PROGRAM RID: into $work/PROGRAM/RID. Fails when the package feed lacks the RID's runtime; any other fault ends the script.
publish() {
  local log="$work/publish.log"
  # Artifacts of their own: an ordinary build must not find its own restored for another system.
  # The build server of one run must not serve the next: its options are not all part of what it compares.
  if dotnet publish "$(project_of "$1")" -r "$2" -o "$work/$1/$2" --artifacts-path "$work/build" -v quiet -nologo --disable-build-servers \
    -p:PublishProfile=Release -p:Configuration=Release -p:Version="$version" -p:ContinuousIntegrationBuild=true -p:DebugType=embedded >"$log" 2>&1 </dev/null; then
    # Those of native libraries, larger than all else together; ours are embedded.
    find "$work/$1/$2" -name '*.pdb' -delete
    return 0
  fi
  if grep -qE 'NU110[1-3]|NETSDK1082' "$log"; then
    grep -oE '(NU110[1-3]|NETSDK1082): [^[]*' "$log" | sort -u | head -n 3 | sed 's/^/  /' >&2
    return 1
  fi
  cat "$log" >&2
  fail "$(project_of "$1") can't be published for $2"
}

# pack_archive PROGRAM RID: the Node's program lies at the archive's top, so that "tar -xz -C /usr/local/bin" installs it;
# the Gateway's lies in a folder with the Dashboard's files.
pack_archive() {
  local from="$work/$1/$2" name
  name=$(name_of "$1" "$2")
  if [ "$1" = gateway ]; then
    mkdir -p "$work/folder-$2"
    rm -rf "$work/folder-$2/sophon-gateway"
    cp -r "$from" "$work/folder-$2/sophon-gateway"
    from="$work/folder-$2"
  fi
  find "$from" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
  case "$2" in
    win-*)
      rm -f "$output/$name.zip"
      (cd "$from" && find . -type f -printf '%P\n' | sort | zip -q -9 -X "$output/$name.zip" -@)
      ;;
    *)
      tar --create --directory "$from" --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner --format=ustar \
        $(cd "$from" && ls -A | sort) | gzip -9n >"$output/$name.tar.gz"
      ;;
  esac
}

# What "sophon-node update" and the install scripts read: which version this is, and each file's sum.
write_index() {
  (
    cd "$output"
    rm -f SHA256SUMS release.json
    sha256sum -- $(ls | sort) >"$work/sums"
    jq -n --arg version "$version" --arg commit "$commit" --arg date "$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ)" \
      --rawfile sums "$work/sums" '{
        version: $version, commit: $commit, date: $date,
        files: [$sums | split("\n")[] | select(length > 0) | capture("^(?<sha256>[0-9a-f]{64})  (?<name>.+)$") | {name, sha256}]
      }' >release.json
    sha256sum -- $(ls | sort) >"$work/sums"
    mv "$work/sums" SHA256SUMS
  )
}
