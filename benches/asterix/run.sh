#!/usr/bin/env bash
# Plots of CAT048 a second: redan beside asterix_decoder (C++ behind Python), on the same file in the same run,
# one core each. Usage: benches/asterix/run.sh [RECORDING] [repeats]
set -euo pipefail
cd "$(dirname "$0")/../.."

python="${PYTHON:-python3}"
if ! "$python" -c "import asterix; asterix.parse" 2>/dev/null; then
  echo "asterix_decoder is missing; in a virtual environment: pip install asterix_decoder" >&2
  echo "hint: name its interpreter in PYTHON" >&2
  exit 2
fi
cargo build --release -p redan -p redan-exchange --bin redan --example asterix_rate
built="${CARGO_TARGET_DIR:-target}/release"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
recording="${1:-}"
if [ -z "$recording" ]; then
  recording="$folder/recording"
  "$built/redan" run scenarios/first-look.toml --terrain smooth --out "$recording" >/dev/null
fi
"$built/redan" export "$recording" --to asterix --out "$folder/truth.ast" >/dev/null
"$python" benches/asterix/compare.py "$built/examples/asterix_rate" "$folder/truth.ast" "${2:-20}"
