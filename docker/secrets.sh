#!/bin/sh
# Makes the passwords of compose.yml, one file each, in docker/secrets. What is there already stays; remove a file to have it made anew.
# The folder is its owner's only; the files are readable in it, because the services that get one of them run under accounts of their own.
set -eu
cd "$(dirname "$0")"
mkdir -p secrets
chmod 700 secrets
umask 022

random() { od -An -N32 -tx1 /dev/urandom | tr -d ' \n'; }
keep() { # NAME VALUE
  [ -s "secrets/$1" ] && return 0
  printf '%s\n' "$2" >"secrets/$1"
  echo "made secrets/$1"
}
value() { cat "secrets/$1"; }

keep postgres_password "$(random)"
keep database_url "postgres://plenum:$(value postgres_password)@postgres:5432/plenum"
keep redis_password "$(random)"
keep redis_url "redis://:$(value redis_password)@redis:6379"
keep redis_conf "requirepass $(value redis_password)"
keep livekit_api_secret "$(random)"
keep livekit_keys "plenum: $(value livekit_api_secret)"
keep signing_keys "k$(date +%Y%m%d):$(random)"
keep organiser_password "$(random)"
keep metrics_token "$(random)"
keep grafana_password "$(random)"
# LiveKit refuses a file of keys that others may read
chmod 600 secrets/livekit_keys
