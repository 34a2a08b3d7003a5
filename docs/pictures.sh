#!/usr/bin/env bash
# Makes the pictures of the README: the window in both themes and the start page, under Xvfb, and
# an export. Needs Xvfb, xdotool and ImageMagick. Writes docs/pictures/*.png.
set -euo pipefail
cd "$(dirname "$0")/.."

program=${1:-target/release/throughline}
[ $# -gt 0 ] || cargo build --release --quiet
pictures=$PWD/docs/pictures
mkdir -p "$pictures"

work=$(mktemp -d)
export HOME=$work XDG_CONFIG_HOME=$work/config XDG_DATA_HOME=$work/data XDG_CACHE_HOME=$work/cache
export XDG_STATE_HOME=$work/state XDG_RUNTIME_DIR=$work/run LIBGL_ALWAYS_SOFTWARE=1
mkdir -p -m 0700 "$XDG_RUNTIME_DIR"
unset WAYLAND_DISPLAY
server='' app=''
finish() {
    [ -z "$app" ] || kill "$app" 2>/dev/null || true
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT

Xvfb -displayfd 3 -screen 0 1600x1000x24 -nolisten tcp 3>"$work/display" 2>"$work/xvfb.log" &
server=$!
for _ in $(seq 100); do
    [ -s "$work/display" ] && break
    sleep 0.1
done
DISPLAY=:$(tr -d '[:space:]' <"$work/display")
export DISPLAY

# Waits until two pictures half a second apart are the same and not empty.
rest() {
    local last='' now
    for _ in $(seq 60); do
        now=$(import -window root -depth 8 rgb:- | md5sum)
        if [ "$now" = "$last" ] && [ "$(import -window root -format %k info:)" -gt 20 ]; then
            return
        fi
        last=$now
        sleep 0.5
    done
    echo "pictures: the window never comes to rest" >&2
    exit 1
}

# shoot NAME THEME FILE [KEY...]: opens the window, presses keys, takes the picture.
shoot() {
    local name=$1 theme=$2 file=$3 window
    shift 3
    mkdir -p "$XDG_CONFIG_HOME/throughline"
    printf '(theme: %s, window: Some((at: Some((0, 0)), width: 1600, height: 1000, maximized: false)))\n' \
        "$theme" >"$XDG_CONFIG_HOME/throughline/settings.ron"
    "$program" ${file:+"$file"} 2>"$work/program.log" &
    app=$!
    for _ in $(seq 100); do
        window=$(xdotool search --onlyvisible --pid "$app" 2>/dev/null | head -1) || true
        [ -n "$window" ] && break
        sleep 0.1
    done
    [ -n "$window" ] || { cat "$work/program.log" >&2; exit 1; }
    xdotool windowfocus "$window" || true
    xdotool mousemove 700 20
    rest
    for key in "$@"; do
        xdotool key --clearmodifiers "$key"
        rest
    done
    import -window root -depth 8 -define png:compression-level=9 "$pictures/$name.png"
    kill "$app"
    wait "$app" 2>/dev/null || true
    app=''
}

cp -r maps "$work/maps"
shoot start-page Light ''
shoot window-light Light "$work/maps/home-movie-night.ron" Right Right Right Right Right
shoot window-dark Dark "$work/maps/support-case.ron" Right Right Right
shoot ecosystem-light Light "$work/maps/home-movie-night.ron" ctrl+2 Right Right
shoot trace Light "$work/maps/department-store-return.ron" ctrl+2 Right Right Right Right Right t shift+3
shoot composer Light "$work/maps/home-movie-night.ron" ctrl+shift+e
"$program" export maps/home-movie-night.ron -o "$pictures/home-movie-night.png" --scale 1
"$program" export maps/support-case.ron -o "$pictures/support-case-ecosystem.png" --view ecosystem --scale 1
ls -l "$pictures"
