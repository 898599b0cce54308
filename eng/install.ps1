<#
.SYNOPSIS
Installs sophon-node on Windows as the install page does, and checks what it installs.
.PARAMETER From
Where the release lies: an URL or a folder.
.PARAMETER To
Where the program goes. It is put on your PATH.
.EXAMPLE
./install.ps1
.EXAMPLE
./install.ps1 -From .\release -To D:\Tools\SophonNode
#>
[CmdletBinding()]
param(
    [string] $From = 'https://releases.sophon.dev/node',
    [string] $To = (Join-Path $env:LOCALAPPDATA 'SophonNode')
)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

$machine = if ([Runtime.InteropServices.RuntimeInformation]::OSArchitecture -eq 'Arm64') { 'arm64' } else { 'x64' }
$archive = "sophon-node-win-$machine.zip"
$isUrl = $From -match '^https?://'

# The archive's sum comes over the same way as the archive: that way has to be trusted.
if ($From -match '^http://' -and $From -notmatch '^http://(127\.0\.0\.1|localhost)[:/]') {
    throw "$From is not encrypted, so whoever is on the way could replace both archive and sum."
}

$work = Join-Path ([IO.Path]::GetTempPath()) ([IO.Path]::GetRandomFileName())
New-Item -ItemType Directory -Path $work | Out-Null
try {
    Write-Output "Downloading $archive from $From..."
    foreach ($name in 'SHA256SUMS', $archive) {
        $target = Join-Path $work $name
        if ($isUrl) { Invoke-WebRequest "$($From.TrimEnd('/'))/$name" -OutFile $target -UseBasicParsing }
        else { Copy-Item (Join-Path $From $name) $target }
    }

    $line = Get-Content (Join-Path $work 'SHA256SUMS') | Where-Object { $_ -match "^([0-9a-f]{64})  $([regex]::Escape($archive))$" }
    if (-not $line) { throw "SHA256SUMS of that release does not name $archive." }
    $wanted = $line.Substring(0, 64)
    $got = (Get-FileHash (Join-Path $work $archive) -Algorithm SHA256).Hash.ToLowerInvariant()
    if ($got -ne $wanted) { throw "$archive has the SHA-256 sum $got, and not ${wanted}: it is damaged, or not what was released. Nothing was installed." }
    Write-Output 'Its SHA-256 sum is right.'

    Expand-Archive (Join-Path $work $archive) -DestinationPath (Join-Path $work 'unpacked')
    New-Item -ItemType Directory -Path $To -Force | Out-Null
    $program = Join-Path $To 'sophon-node.exe'

    # Windows lets a running program be renamed, but not replaced.
    if (Test-Path $program) { Move-Item $program "$program.previous" -Force }
    Move-Item (Join-Path (Join-Path $work 'unpacked') 'sophon-node.exe') $program
    Write-Output "Installed $program"

    $path = [Environment]::GetEnvironmentVariable('Path', 'User')
    if (@("$path" -split [IO.Path]::PathSeparator) -notcontains $To) {
        [Environment]::SetEnvironmentVariable('Path', "$path$([IO.Path]::PathSeparator)$To".TrimStart([IO.Path]::PathSeparator), 'User')
        Write-Output "Put $To on your PATH; it takes effect in new windows."
    }

    Write-Output 'Next: register this machine in the Dashboard (Settings -> Devices -> Add Node), and run the command that it shows.'
}
finally {
    Remove-Item $work -Recurse -Force
}
