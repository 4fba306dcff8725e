#!/bin/sh
# What 500 websites every 5 s cost, over Kafka into PostgreSQL: CPU and memory of both roles as the image starts them, and
# whether each round began in time. Starts a Kafka and a PostgreSQL of its own. Usage: bench/sites.sh [sites [rounds]]
cd "$(dirname "$0")/.." || exit 1
exec ./mvnw -q -B package -Djacoco.skip=true -Dtest.jvm=-Xmx1g -Dmaven.test.redirectTestOutputToFile=false -Dtest=SitesBench -Dsurefire.failIfNoSpecifiedTests=false \
    "-Dbench.sites=${1:-500}" "-Dbench.rounds=${2:-24}"
