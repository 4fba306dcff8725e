#!/usr/bin/env bash
# Runs all tests on a bare Debian or Ubuntu with a JDK: installs the servers and the browser that they need, and builds.
# Arguments go to Maven:  ./test.sh -Dit.test=WebIT
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

# Debian keeps servers in sbin, which is not on every user's PATH.
has() {
    PATH="$PATH:/usr/sbin:/usr/local/sbin" command -v "$1" > /dev/null
}

fail() {
    echo "test.sh: $1" >&2
    exit 1
}

if [ -n "${JAVA_HOME:-}" ]; then
    [ -x "$JAVA_HOME/bin/javac" ] || fail "JAVA_HOME=$JAVA_HOME has no bin/javac. Set it to a JDK of version 17 or newer."
else
    has javac || fail 'there is no javac. Install a JDK of version 17 or newer; on Debian as root: apt-get install -y openjdk-17-jdk-headless'
fi

missing=()
has rabbitmq-server || missing+=(rabbitmq-server)
has redis-server || missing+=(redis-server)
has openssl || missing+=(openssl)
{ { has chromium || has google-chrome; } && has chromedriver; } || missing+=(chromium chromium-driver)

if [ ${#missing[@]} -gt 0 ]; then
    has apt-get || fail "the tests need ${missing[*]}, and this system has no apt-get to install them. Install them by hand."
    root=()
    if [ "$(id -u)" -ne 0 ]; then
        { has sudo && sudo -n true 2> /dev/null; } || fail "the tests need ${missing[*]}. As root: apt-get install -y ${missing[*]}"
        root=(sudo)
    fi
    # The tests start servers of their own: the installation must not start daemons where an init runs.
    (
        policy=/usr/sbin/policy-rc.d
        if [ ! -e "$policy" ]; then
            trap '"${root[@]}" rm -f "$policy"' EXIT
            printf '#!/bin/sh\nexit 101\n' | "${root[@]}" tee "$policy" > /dev/null
            "${root[@]}" chmod 755 "$policy"
        fi
        "${root[@]}" apt-get update
        "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"
    )
fi

# Without this, tests that need a browser are skipped where there is none.
export HEARTBEAT_BROWSER="${HEARTBEAT_BROWSER:-required}"
exec ./mvnw verify "$@"
