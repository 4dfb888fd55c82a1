#!/bin/sh
# The pages are tried in a real browser. No wheel carries one, so it comes from the system's packages.
set -eu

for name in chromium chromium-browser google-chrome; do
    if command -v "$name" > /dev/null; then exit 0; fi
done
if command -v apt-get > /dev/null; then
    echo "Installing Chromium from the system's packages (half a minute, once)"
    as_root=$([ "$(id -u)" = 0 ] || echo "sudo --non-interactive")
    export DEBIAN_FRONTEND=noninteractive
    if $as_root apt-get update -qq &&
        $as_root apt-get install -qq --yes --no-install-recommends chromium fonts-dejavu-core > /dev/null; then
        exit 0
    fi
fi
echo "The tests of the pages need Chromium. Install it (Debian, Ubuntu: sudo apt install chromium) and try again." >&2
exit 1
