#!/usr/bin/env bash
# Names what this machine lacks before anything is started, with the line that installs it.
# With --install it installs what is missing when it may (root, or sudo that asks no password).
set -euo pipefail

line="sudo apt-get install -y python3 python3-venv make openjdk-17-jdk-headless maven"
python=${PYTHON:-python3}

missing() {
  if ! command -v "$python" >/dev/null; then
    echo "python3 is not installed (3.11 or newer is needed)"
  elif ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "$python is $("$python" -V 2>&1), 3.11 or newer is needed (another one: make PYTHON=/path/to/python3.11 …)"
  elif ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    echo "$python has no venv module (Debian and Ubuntu: package python3-venv)"
  fi
  local java=${JAVA_HOME:+$JAVA_HOME/bin/}java major
  if ! command -v "$java" >/dev/null; then
    echo "$java is not installed (17 or newer is needed for Apache Kafka)"
  else
    major=$("$java" -version 2>&1 | sed -nE '1s/.*version "(1\.)?([0-9]+).*/\2/p')
    [ "${major:-0}" -ge 17 ] || echo "$java is version ${major:-unknown}, 17 or newer is needed for Apache Kafka"
  fi
  command -v mvn >/dev/null || echo "mvn is not installed (it fetches Apache Kafka once)"
}

found=$(missing)
if [ -n "$found" ] && [ "${1:-}" = --install ] && command -v apt-get >/dev/null; then
  as_root=()
  if [ "$(id -u)" -ne 0 ]; then as_root=(sudo -n); fi
  if "${as_root[@]}" true 2>/dev/null; then
    echo "installing what is missing:"
    echo "$found" | sed 's/^/  - /'
    "${as_root[@]}" apt-get update -qq
    DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq ${line#sudo apt-get install -y } >/dev/null
    found=$(missing)
  fi
fi
if [ -n "$found" ]; then
  {
    echo "This machine lacks:"
    echo "$found" | sed 's/^/  - /'
    echo "Type: $line"
  } >&2
  exit 1
fi
