#!/usr/bin/env bash
# contract-table.sh FOLDER: prints desktop × check from the test results (*.trx) in a folder: how often each check of the
# desktop contract passed on each desktop. A check that ran several times counts all of them.
set -euo pipefail

cat "$1"/*.trx 2>/dev/null | grep -o '<UnitTestResult [^>]*' | awk '
  match($0, /testName="[^"]*"/) {
    name = substr($0, RSTART + 10, RLENGTH - 11)
    if (name !~ /(ContractSpecs|WaylandPortalDesktopSpecs)\./) next
    sub(/\(.*/, "", name)
    parts = split(name, part, ".")
    check = part[parts]; desktop = part[parts - 1]
    sub(/ContractSpecs$/, "", desktop); sub(/^WaylandPortalDesktopSpecs$/, "Gnome", desktop)
    gsub(/_/, " ", check)
    match($0, /outcome="[^"]*"/)
    outcome = substr($0, RSTART + 9, RLENGTH - 10)
    ran[desktop, check]++
    if (outcome == "Passed") passed[desktop, check]++
    if (outcome == "NotExecuted") skipped[desktop, check]++
    if (!(desktop in known)) { known[desktop] = 1; desktops[++columns] = desktop }
    if (!(check in seen)) { seen[check] = 1; checks[++rows] = check }
  }
  END {
    if (columns == 0) exit
    printf "%-78s", "check"
    for (c = 1; c <= columns; c++) printf " %13s", desktops[c]
    print ""
    for (r = 1; r <= rows; r++) {
      printf "%-78s", substr(checks[r], 1, 78)
      for (c = 1; c <= columns; c++) {
        key = desktops[c] SUBSEP checks[r]
        all = ran[key] + 0; good = passed[key] + 0; left = skipped[key] + 0
        printf " %13s", all == 0 ? "-" : left == all ? "skipped" : good == all ? (all == 1 ? "ok" : "ok " all) : "FAILED " (all - good) "/" all
      }
      print ""
    }
  }'
