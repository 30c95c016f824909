#!/usr/bin/env bash
# Lowest-visible-height maps of redan and of gdal_viewshed over the same posts, in the same run.
# Usage: benches/viewshed/run.sh [folder of relief] [repeats]
set -euo pipefail
cd "$(dirname "$0")/../.."

relief="${1:-${REDAN_TERRAIN:-../shared/reference/terrain}}"
if [ ! -d "$relief" ]; then
  echo "no folder $relief: give the folder of relief, or set REDAN_TERRAIN" >&2
  exit 2
fi
if ! command -v gdal_viewshed >/dev/null || ! command -v gdal_translate >/dev/null; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get install -y gdal-bin
  else
    echo "gdal_viewshed is missing; on Debian: sudo apt-get install gdal-bin" >&2
    exit 2
  fi
fi
cargo build --release -p redan-terrain --example viewshed
REDAN_TERRAIN="$relief" "${CARGO_TARGET_DIR:-target}/release/examples/viewshed" "${2:-9}"
