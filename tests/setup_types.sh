#!/bin/sh
# Fetch TypeScript for `make lint` into a folder: the version and the checksum that stand in tests/types/package-lock.json.
# Usage: setup_types.sh FOLDER
set -eu

missing() {
    command -v "${NODE:-node}" >/dev/null || echo nodejs
    command -v npm >/dev/null || echo npm
}

wanted=$(missing)
# Only root may install for the whole machine; nobody is asked for a password. Debian has npm in a package of its own.
if [ -n "$wanted" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    # shellcheck disable=SC2086 # a list of names
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends $wanted; } \
        >/dev/null 2>&1 || true
fi
if [ -n "$(missing)" ]; then
    echo "检查脚本的类型要用 Node 和 npm，请安装 nodejs 18 或更新版本和 npm / the type check needs Node and npm: install nodejs 18 or newer, and npm" >&2
    exit 1
fi

mkdir -p "$1"
cp tests/types/package.json tests/types/package-lock.json "$1"
# The lock names no registry, so that each machine asks its own; what it is given must have the checksum.
npm ci --prefix "$1" --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null || {
    echo "TypeScript 没有取到，请检查网络或 npm 的设置 / TypeScript could not be fetched: look at the network, or at npm's settings" >&2
    exit 1
}
