#!/bin/bash
#SBATCH --job-name=redan-study
#SBATCH --array=1-16
#SBATCH --cpus-per-task=4
#SBATCH --time=01:00:00
#SBATCH --requeue
#
# One study, shared out over the tasks of a Slurm array. Submit it with what is to be studied:
#
#   SCENARIO=raid.toml OUT=shared/raid.parquet sbatch --array=1-64 deploy/slurm.sh --replications 100000
#
# Further options go to `redan study` as they are. The array begins at 1 and has no gaps; OUT lies on a file system that all tasks
# see. The last task to end makes the table. A task that was lost is submitted again: what is there is not played again.

set -euo pipefail

: "${SCENARIO:?the scenario file to study}"
: "${OUT:?the table to write, on a file system that all tasks see}"
: "${SLURM_ARRAY_TASK_ID:?submit this with sbatch --array=1-N}"

exec "${REDAN:-redan}" study "$SCENARIO" \
  --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" \
  --threads "${SLURM_CPUS_PER_TASK:-0}" \
  --out "$OUT" "$@"
