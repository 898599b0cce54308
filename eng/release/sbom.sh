#!/usr/bin/env bash
# Sourced by eng/publish.sh: what is inside, as CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/).

# write_sbom PROGRAM: the packages that its project resolves to, and the runtime that is published with it.
write_sbom() {
  local project packages="$work/packages-$1.json" folder
  project=$(project_of "$1")
  # Its answer is about obj/, so the sources are listed as they restore for any system.
  dotnet restore "$project" -v quiet -nologo >"$work/restore.log" 2>&1 </dev/null || { cat "$work/restore.log" >&2; fail "$project can't be restored"; }
  dotnet list "$project" package --include-transitive --format json --no-restore >"$packages"
  folder=$(dotnet nuget locals global-packages --list | sed 's/^global-packages: //')

  jq -r '[.projects[].frameworks[] | .topLevelPackages[]?, .transitivePackages[]?] | unique_by(.id) | .[] | "\(.id) \(.resolvedVersion)"' "$packages" >"$work/resolved"
  local rid runtime
  runtime=$(bundled_runtime)
  for rid in "${rids[@]}"; do
    [ -d "$work/$1/$rid" ] || continue
    printf 'Microsoft.NETCore.App.Runtime.%s %s\n' "$rid" "$runtime" >>"$work/resolved"
    [ "$1" = node ] || printf 'Microsoft.AspNetCore.App.Runtime.%s %s\n' "$rid" "$runtime" >>"$work/resolved"
  done
  while read -r id version_of; do
    component "$folder" "$id" "$version_of"
  done <"$work/resolved" | jq -s --arg name "sophon-$1" --arg version "$version" --arg commit "$commit" \
    --arg date "$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ)" --arg seed "$(printf 'sophon-%s %s %s' "$1" "$version" "$commit" | sha256sum | cut -c1-32)" '
    sort_by(.name | ascii_downcase) as $components
    | ("pkg:generic/\($name)@\($version)") as $self
    | {
        bomFormat: "CycloneDX", specVersion: "1.6", version: 1,
        serialNumber: "urn:uuid:\($seed[0:8])-\($seed[8:12])-8\($seed[13:16])-a\($seed[17:20])-\($seed[20:32])",
        metadata: {
          timestamp: $date,
          component: {type: "application", "bom-ref": $self, name: $name, version: $version, purl: $self, properties: [{name: "git:commit", value: $commit}]}
        },
        components: $components,
        dependencies: [{ref: $self, dependsOn: [$components[]."bom-ref"]}]
      }' >"$output/sophon-$1.cdx.json"
}

# The runtime that this SDK publishes with.
bundled_runtime() { dotnet msbuild Sophon.Node -getProperty:BundledNETCoreAppPackageVersion; }

# component FOLDER ID VERSION: with the licence that its package names and the sum that NuGet checked it by, where they are on this machine.
component() {
  local package="$1${2,,}/$3" licence= sum=
  if [ -f "$package/${2,,}.nuspec" ]; then
    licence=$(sed -n 's:.*<license type="expression">\([^<]*\)</license>.*:\1:p' "$package/${2,,}.nuspec" | head -n 1)
    [ ! -f "$package/${2,,}.$3.nupkg.sha512" ] || sum=$(base64 -d <"$package/${2,,}.$3.nupkg.sha512" | od -An -v -tx1 | tr -d ' \n')
  fi
  jq -n --arg id "$2" --arg version "$3" --arg licence "$licence" --arg sum "$sum" '
    "pkg:nuget/\($id)@\($version)" as $purl
    | {type: "library", "bom-ref": $purl, name: $id, version: $version, purl: $purl}
    + (if $licence == "" then {} else {licenses: [{expression: $licence}]} end)
    + (if $sum == "" then {} else {hashes: [{alg: "SHA-512", content: $sum}]} end)'
}
