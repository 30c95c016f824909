#!/usr/bin/env bash
# redan's trackers beside Stone Soup on the same plots, in the same run, one core each.
# Usage: benches/tracking/run.sh [options of compare.py, as --seeds 20 or --easy FOLDER]
# Installs Stone Soup and PyEHM into a virtual environment under the target folder.
set -euo pipefail
cd "$(dirname "$0")/../.."

target="${CARGO_TARGET_DIR:-target}"
bench="$target/tracking-bench"
mkdir -p "$bench"
if ! "$bench/venv/bin/python" -c "import stonesoup, pyehm, scipy" 2>/dev/null; then
  python3 -m venv --clear "$bench/venv"
  "$bench/venv/bin/pip" install --quiet stonesoup==1.9.1 pyehm==2.2 scipy
fi
cargo build --release -p redan
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
"$bench/venv/bin/python" benches/tracking/compare.py "$target/release/redan" "$bench" "$@"
