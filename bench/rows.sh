#!/bin/sh
# From a full Kafka topic to committed rows in PostgreSQL, through the packaged subscriber, beside a bare COPY and single
# inserts into the same database. Starts a Kafka and a PostgreSQL of its own. Usage: bench/rows.sh [rows [layout]]
# HEARTBEAT_FLAGS: of the subscriber's JVM; without it those of the image.
cd "$(dirname "$0")/.." || exit 1
exec ./mvnw -q -B package -Djacoco.skip=true -Dtest.jvm=-Xmx1g -Dmaven.test.redirectTestOutputToFile=false -Dtest=RowsBench -Dsurefire.failIfNoSpecifiedTests=false \
    "-Dbench.rows=${1:-300000}" "-Dbench.layout=${2:-HEARTBEAT}" ${HEARTBEAT_FLAGS+"-Dheartbeat.flags=$HEARTBEAT_FLAGS"}
