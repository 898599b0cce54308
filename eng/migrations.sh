#!/usr/bin/env bash
# Writes the Gateway's migrations anew from its model: one "Initial" for each store. Only while nobody depends on older databases;
# afterwards: dotnet ef migrations add NAME --project Sophon.Gateway --context CONTEXT --output-dir Store/Migrations/FOLDER
set -euo pipefail
cd "$(dirname "$0")/.."
. eng/setup.sh

need_dotnet
tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
version=$(sed -n 's/.*Include="Microsoft.EntityFrameworkCore.Design" Version="\([^"]*\)".*/\1/p' Directory.Packages.props)
dotnet tool install dotnet-ef --version "$version" --tool-path "$tools" >/dev/null

# initial CONTEXT FOLDER: dotnet ef works on a build of the model, which must not hold the migration that it replaces.
initial() {
  say "$1"
  rm -rf "Sophon.Gateway/Store/Migrations/$2"
  dotnet build Sophon.Gateway -v q -nologo -clp:ErrorsOnly
  "$tools/dotnet-ef" migrations add Initial --no-build --project Sophon.Gateway --context "$1" --output-dir "Store/Migrations/$2"
}

initial SqliteGatewayDb Sqlite
initial PostgresGatewayDb Postgres
