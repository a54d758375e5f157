#!/bin/sh
# Makes a database cluster in /data, owned by LAB_USER with LAB_PASSWORD, and serves it until the container ends.
set -eu
programs=$(ls -d /usr/lib/postgresql/*/bin | tail -n 1)
umask 077
printf '%s\n' "$LAB_PASSWORD" > /tmp/password
"$programs/initdb" -D /data/cluster -U "$LAB_USER" -A scram-sha-256 --pwfile /tmp/password -E UTF8 --locale=C --no-sync > /dev/null
echo 'host all all all scram-sha-256' >> /data/cluster/pg_hba.conf
exec "$programs/postgres" -D /data/cluster -c listen_addresses='*' -c unix_socket_directories=/tmp -c fsync=off
