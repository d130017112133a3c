#!/bin/bash
# One broker in KRaft mode with SCRAM users and default deny. The storage is formatted once, with the administrator's
# credential in it; `sevenx provision` makes everything else.
set -euo pipefail
secrets=${SEVENX_SECRETS:?the folder of secrets}
data=/var/lib/kafka/data
config=/tmp/server.properties
admin=$(<"$secrets/kafka-admin")
controller=$(<"$secrets/kafka-controller")

umask 077
sed -e "s|@admin@|$admin|g" -e "s|@controller@|$controller|g" -e "s|@data@|$data|g" /etc/sevenx/server.properties >"$config"
if [ ! -e "$data/meta.properties" ]; then
  # A cluster id is 16 bytes in URL-safe base64.
  cluster=$(head -c 16 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=')
  /opt/kafka/bin/kafka-storage.sh format --config "$config" --cluster-id "$cluster" \
    --add-scram "SCRAM-SHA-512=[name=admin,password=$admin]"
fi
exec /opt/kafka/bin/kafka-server-start.sh "$config"
