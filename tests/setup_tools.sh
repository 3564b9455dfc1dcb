#!/bin/sh
# Make sure that the tests have a browser, Chinese letters to draw, and Node for the search; say which.
# Usage: setup_tools.sh PYTHON
set -eu

find_browser() {
    for name in "${CHROMIUM:-}" chromium-headless-shell chromium chromium-browser google-chrome; do
        [ -n "$name" ] && command -v "$name" && return
    done
    return 1
}

find_node() {
    for name in "${NODE:-}" node nodejs; do
        [ -n "$name" ] && command -v "$name" && return
    done
    return 1
}

has_chinese() {
    [ -n "$(fc-list :lang=zh family 2>/dev/null)" ]
}

wanted=
# The Chromium that knows no windows opens a page in a fifth of the time.
[ -n "${CHROMIUM:-}" ] || command -v chromium-headless-shell >/dev/null || wanted=chromium-headless-shell
has_chinese || wanted="$wanted fonts-noto-cjk"
find_node >/dev/null || wanted="$wanted nodejs"

# Only root may install for the whole machine; nobody is asked for a password.
if [ -n "$wanted" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update >/dev/null 2>&1 || true
    for package in $wanted; do
        DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "$package" >/dev/null 2>&1 || true
    done
fi

if ! browser=$(find_browser); then
    "$1" -m playwright install --only-shell chromium >/dev/null || {
        echo "没有浏览器，请安装 Chromium / no browser: install Chromium, or name one in CHROMIUM" >&2
        exit 1
    }
    browser="Playwright's Chromium"
fi
if ! node=$(find_node); then
    echo "没有 Node，请安装 nodejs 18 或更新版本 / no Node: install nodejs 18 or newer, or name one in NODE" >&2
    exit 1
fi
has_chinese && fonts="Chinese fonts" || fonts="no Chinese fonts"
echo "browser: $browser ($fonts); node: $node"
