#!/bin/sh
# Puts IMR Desk into the start menu of whoever runs it, from the folder this lies in.
# `install-for-me.sh --remove` takes it out again; the letters in the data folder stay.
set -eu
here=$(dirname "$(readlink -f "$0")")
share=${XDG_DATA_HOME:-$HOME/.local/share}
bin=$HOME/.local/bin
if [ "${1:-}" = "--remove" ]; then
    rm -f "$bin/imr-desk" "$share/applications/imr-desk.desktop"
    find "$share/icons/hicolor" -name 'imr-desk.png' -delete -o -name 'imr-desk.svg' -delete
    exit 0
fi
mkdir -p "$bin" "$share/applications" "$share/icons"
ln -sf "$here/imr-desk" "$bin/imr-desk"
sed "s|^Exec=.*|Exec=\"$here/imr-desk\" %F|" "$here/share/applications/imr-desk.desktop" \
    > "$share/applications/imr-desk.desktop"
cp -R "$here/share/icons/hicolor" "$share/icons/"
echo "IMR Desk is in the start menu; the command is $bin/imr-desk"
