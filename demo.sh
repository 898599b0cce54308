#!/usr/bin/env bash
# Shows the main job: a Node pairs with a Gateway, comes online, and drives a desktop.
set -euo pipefail
cd "$(dirname "$0")"
. eng/setup.sh

usage() {
  cat <<'EOF'
usage: ./demo.sh [--once] [--no-build] [--display DISPLAY] [--keep FILE]

Starts a Gateway and a Node on this machine, with a desktop of their own (Xvfb, openbox, an xterm), pairs them,
takes a tour of commands and proves each; then stays up until Ctrl+C. Nothing is left behind.

  --once             end after the tour; exit code 0 only if every step was proved
  --no-build         run what an earlier build has left
  --display DISPLAY  drive this desktop instead, e.g. :0 (asks first: the tour types and moves a window there)
  --keep FILE        save the tour's screenshot there (default: a file in the demo's own folder)

examples:
  ./demo.sh
  ./demo.sh --once --keep shot.jpg
EOF
}

once=no build=yes display= keep=
while [ $# -gt 0 ]; do
  case "$1" in
    --once) once=yes ;;
    --no-build) build=no ;;
    --display) display=${2:?--display takes a display, e.g. :0}; shift ;;
    --keep) keep=$(realpath -m "${2:?--keep takes a file}"); shift ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
  shift
done

if [ -n "$display" ]; then
  [ -t 0 ] || fail "--display drives a real desktop and has to ask first; run it in a terminal."
  read -r -p "The tour opens a terminal on $display, types into it, moves it, and replaces the clipboard. Go on? [y/N] " answer
  [[ $answer == [yY]* ]] || exit 1
fi

need_dotnet
need_packages xvfb openbox xterm xdotool scrot xclip wmctrl x11-utils x11-xserver-utils x11-xkb-utils libnotify-bin jq fonts-dejavu-core fonts-wqy-zenhei procps
[ $build = no ] || build Sophon.Gateway Sophon.Node

work=$(mktemp -d -t sophon-demo.XXXXXX)
export SOPHON_NODE_HOME=$work/node SOPHON_GATEWAY_HOME=$work/gateway
pids=()
cleanup() {
  local pid
  trap - EXIT
  # In reverse: the Node before its Gateway, the programs on the desktop before their X server.
  for ((i = ${#pids[@]} - 1; i >= 0; i--)); do
    pid=${pids[i]}
    kill "$pid" 2>/dev/null || continue
    timeout 15 tail --pid="$pid" -f /dev/null || kill -9 "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
  rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# until_true SECONDS WHAT LOG COMMAND…: fails with the log's last lines.
until_true() {
  local end=$((SECONDS + $1)) what=$2 log=$3
  shift 3
  until "$@" >/dev/null 2>&1; do
    [ $SECONDS -lt $end ] || fail "$what: $(tail -n 3 "$log")"
    sleep 0.05
  done
}

# Arrays and not functions: a function in the background is a shell with a child, and killing the shell leaves the child.
gateway=(dotnet Sophon.Gateway/bin/Release/net10.0/sophon-gateway.dll)
node=(dotnet Sophon.Node/bin/Release/net10.0/sophon-node.dll)

if [ -z "$display" ]; then
  say "Starting a desktop of its own (Xvfb, openbox)"
  Xvfb -displayfd 3 -screen 0 1280x800x24 -noreset -nolisten tcp 3>"$work/display" 2>"$work/xvfb.log" &
  pids+=($!)
  until_true 15 "Xvfb did not start" "$work/xvfb.log" test -s "$work/display"
  display=:$(<"$work/display")
  DISPLAY=$display openbox --sm-disable >"$work/openbox.log" 2>&1 &
  pids+=($!)
  DISPLAY=$display xsetroot -solid '#2b4a6b'
fi
export DISPLAY=$display
unset WAYLAND_DISPLAY

# The witness: what is typed into this terminal is in the file, letter for letter.
xterm -u8 -fa 'DejaVu Sans Mono' -fd 'WenQuanYi Zen Hei Mono' -fs 12 -geometry 88x24+120+90 -T 'Sophon demo' -e sh -c 'echo "What the Node types lands here:"; cat >"$0"' "$work/typed" &
pids+=($!)
# A window manager that still starts has a list of windows already, and none in it.
until_true 30 "the xterm did not appear on $DISPLAY" "$work/openbox.log" sh -c 'wmctrl -l | grep "Sophon demo"'

say "Starting the Gateway"
port=8080
! (exec 3<>/dev/tcp/127.0.0.1/$port) 2>/dev/null || port=0
"${gateway[@]}" serve --urls "http://127.0.0.1:$port" >"$work/gateway.out" 2>"$work/gateway.err" &
pids+=($!)
until_true 30 "the Gateway did not start" "$work/gateway.err" grep -q 'Press Ctrl+C' "$work/gateway.out"
grep -v 'Press Ctrl+C' "$work/gateway.out"
SOPHON_GATEWAY_URL=$(grep -oE 'http://[^ ]*' "$work/gateway.out" | head -n 1)
SOPHON_GATEWAY_TOKEN=$(sed -n 's/^Admin token: //p' "$work/gateway.out")
export SOPHON_GATEWAY_URL SOPHON_GATEWAY_TOKEN

say "Pairing (the install page's steps 1 to 3)"
registered=$("${gateway[@]}" nodes add "Demo desktop" --platform linux --json)
id=$(jq -r .nodeId <<<"$registered")
echo "\$ $(jq -r .command <<<"$registered" | sed -E 's/(--secret [^ ]{6}).*/\1…/')"
"${node[@]}" pair --gateway "$SOPHON_GATEWAY_URL" --node-id "$id" --secret "$(jq -r .pairingSecret <<<"$registered")" &
pairing=$!
pids+=($pairing)
"${gateway[@]}" nodes approve "$id" --wait 60 --code "$(jq -r .pairingCode <<<"$registered")" --yes \
  --scopes screen.capture,input.control,clipboard.access,window.manage,app.manage,system.info,notify.send
wait $pairing || fail "pairing failed"
unset 'pids[-1]'

say "Starting the Node (step 4)"
"${node[@]}" start >"$work/node.out" 2>"$work/node.err" &
pids+=($!)
until_true 30 "the Node did not come online" "$work/node.err" grep -q 'Status: Online' "$work/node.out"
cat "$work/node.out"

say "The tour"
failures=0 rows=()
# step COMMAND PARAMETERS PROOF…: runs a command, keeps its answer in $work/answer, and proves it by running PROOF.
step() {
  local command=$1 parameters=$2 status ms proof=proved
  shift 2
  "${gateway[@]}" nodes exec "$id" "$command" --parameters "$parameters" --json >"$work/raw" 2>"$work/exec.err" || true
  status=$(jq -r '.status // "no answer"' "$work/raw" 2>/dev/null) || status="no answer"
  ms=$(jq -r '.durationMs // 0 | . * 10 | round / 10' "$work/raw" 2>/dev/null) || ms=0
  jq .result "$work/raw" >"$work/answer" 2>/dev/null || true
  if [ "$status" != succeeded ] || ! until_proved "$@"; then
    proof="NOT PROVED"
    failures=$((failures + 1))
    jq -r '.error.message // empty' "$work/raw" 2>/dev/null >&2 || cat "$work/exec.err" >&2
  fi
  rows+=("$command|$status|$ms|$proof")
}
# What an application does with an event comes after the event.
until_proved() { local end=$((SECONDS + 5)); until "$@" >/dev/null 2>&1; do [ $SECONDS -lt $end ] || return 1; sleep 0.05; done; }

line='Grüße, 世界 €😀 "quotes" $HOME \n'
window=$(xdotool search --name 'Sophon demo' | tail -n 1)
eval "$(xdotool getwindowgeometry --shell "$window")"
is_jpeg() { [ "$(head -c 2 "$shot" | od -An -tx1 | tr -d ' ')" = ffd8 ] && [ "$(stat -c %s "$shot")" -gt 5000 ]; }
typed() { [ "$(cat "$work/typed")" = "$line" ]; }
clicked() { [ "$(xdotool getmouselocation --shell | sed -n 's/^[XY]=//p' | paste -sd,)" = "$((X + 200)),$((Y + 60))" ] && [ "$(xdotool getactivewindow)" = "$window" ]; }
copied() { [ "$(xclip -o -selection clipboard)" = "$line" ]; }
pasted() { [ "$(jq -r .text "$work/answer")" = "$line" ]; }
listed() { jq -e '.windows | any(.title == "Sophon demo")' "$work/answer"; }
moved() { [ "$(jq -r '"\(.x),\(.y)"' "$work/answer")" = 300,220 ] && wmctrl -lG | awk '/Sophon demo/ && $3 > 250 { ok = 1 } END { exit !ok }'; }
is_this_host() { [ "$(jq -r .hostName "$work/answer")" = "$(uname -n)" ]; }
monitors() { jq -e '.count >= 1 and (.monitors[0].width > 0)' "$work/answer"; }

shot=${keep:-$work/screenshot.jpg}
step system.info '{}' is_this_host
step screen.monitors '{}' monitors
step window.list '{}' listed
step input.mouse.click "{\"x\": $((X + 200)), \"y\": $((Y + 60))}" clicked
step input.keyboard.type "$(jq -n --arg text "$line"$'\n' '{$text}')" typed
step clipboard.write "$(jq -n --arg text "$line" '{$text}')" copied
step clipboard.read '{}' pasted
step window.move '{"title": "Sophon demo", "x": 300, "y": 220}' moved
"${gateway[@]}" nodes exec "$id" screen.capture --param quality=90 --out "$shot" --json >"$work/raw" 2>/dev/null || true
if is_jpeg; then proof=proved; else proof="NOT PROVED"; failures=$((failures + 1)); fi
rows+=("screen.capture|$(jq -r .status "$work/raw")|$(jq -r '.durationMs * 10 | round / 10' "$work/raw")|$proof")

printf '\n%-22s %-12s %8s  %s\n' command status ms proof
for row in "${rows[@]}"; do IFS='|' read -r command status ms proof <<<"$row"; printf '%-22s %-12s %8s  %s\n' "$command" "$status" "$ms" "$proof"; done
echo
[ -z "$keep" ] || echo "Screenshot: $shot"
[ $failures = 0 ] || fail "$failures of ${#rows[@]} steps were not proved"
echo "All ${#rows[@]} steps proved."
[ $once = no ] || exit 0

cat <<EOF

The Gateway is at $SOPHON_GATEWAY_URL; drive the desktop $DISPLAY from another terminal:
  export SOPHON_GATEWAY_URL=$SOPHON_GATEWAY_URL SOPHON_GATEWAY_TOKEN=$SOPHON_GATEWAY_TOKEN
  dotnet $PWD/Sophon.Gateway/bin/Release/net10.0/sophon-gateway.dll nodes exec "Demo desktop" screen.capture --out shot.jpg
Press Ctrl+C to stop.
EOF
sleep infinity & pids+=($!)
wait $!
