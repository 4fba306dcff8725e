#!/bin/sh
# History in PostgreSQL: rows/s of our batches against a bare COPY and single inserts, then 30 days of one target among
# 10 million rows. Starts a PostgreSQL of its own. Usage: bench/history.sh [rows]
cd "$(dirname "$0")/.." || exit 1
exec ./mvnw -q -B test -Djacoco.skip=true -Dtest.jvm=-Xmx1g -Dmaven.test.redirectTestOutputToFile=false -Dtest=HistoryBench -Dsurefire.failIfNoSpecifiedTests=false "-Dbench.rows=${1:-100000}"
