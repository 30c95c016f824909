#!/usr/bin/env bash
# Entity States written and read in a second: redan, dis-rs and opendis, in the same run, one core each.
# Usage: benches/dis/run.sh
set -euo pipefail
cd "$(dirname "$0")/../.."

python="${PYTHON:-python3}"
if ! "$python" -c "import opendis" 2>/dev/null; then
  echo "opendis is missing; in a virtual environment: pip install opendis==1.0" >&2
  echo "hint: name its interpreter in PYTHON" >&2
  exit 2
fi
cargo build --release -p redan-exchange --example dis_speed
folder="${CARGO_TARGET_DIR:-target}"
{ "$folder/release/examples/dis_speed"; "$python" benches/dis/opendis_speed.py; } | "$python" benches/dis/compare.py
