#!/usr/bin/env bash
# `redan assign` beside HiGHS and SCIP on the same random instances, in the same run, one core each.
# Usage: benches/assign/run.sh [seconds for each solver and instance]
set -euo pipefail
cd "$(dirname "$0")/../.."

limit="${1:-60}"
python="${PYTHON:-python3}"
if ! "$python" -c "import highspy, pyscipopt" 2>/dev/null; then
  echo "highspy or pyscipopt is missing; in a virtual environment: pip install highspy pyscipopt" >&2
  echo "hint: name its interpreter in PYTHON" >&2
  exit 2
fi
cargo build --release -p redan
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
files=()
for probabilities in "0 1" "0.6 0.9"; do
  for rounds in 1 2 3; do
    read -r low high <<<"$probabilities"
    file="$folder/100x200x$rounds-p-$low-$high"
    "$python" benches/assign/generate.py "$file" 100 200 "$rounds" "$low" "$high" "$rounds"
    files+=("$file")
  done
done
"$python" benches/assign/compare.py "${CARGO_TARGET_DIR:-target}/release/redan" "$limit" "${files[@]}"
