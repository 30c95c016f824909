"""redan's trackers beside Stone Soup's on the same plots: accuracy (OSPA) and time for a scan.

    compare.py REDAN FOLDER [--seeds N] [--scans N] [--easy FOLDER] [--algorithms gnn,jpda] [--only easy|hard]

Easy scenes are those of the reference folder (--easy), of which Stone Soup gets as many scans as it needs to be
weighed in reasonable time. Hard scenes are made by scenes.py, one for each seed. Both programs get the same files and
are told the same of the scene (easy.toml, hard.toml, options of stonesoup_tracker.py); the OSPA of both is computed by
score.py over the same scans, from the fifth on.

On the hard scenes the difference redan - Stone Soup is paired by seed; its 95 % interval is Student's. An interval
below zero says that redan is better. Results of Stone Soup are kept in FOLDER and used again, together with their
times, unless its script or the scene changed.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys

import numpy as np
from scipy.stats import t as student

from score import mean_ospa, places
from scenes import write

HERE = os.path.dirname(os.path.abspath(__file__))
# Scans of the easy scenes, by number of targets: Stone Soup needs two seconds for one with 200.
EASY_SCANS = {10: 60, 50: 60, 100: 31, 200: 11}
SETTLE = 5


def stonesoup(plots, out, algorithm, scans, detection, clutter):
    """Tracks of Stone Soup and its mean seconds for a scan."""
    words = ["--algorithm", algorithm, "--scans", scans, "--detection", detection, "--clutter", clutter]
    words = [str(word) for word in words]
    script = os.path.join(HERE, "stonesoup_tracker.py")
    mark = hashlib.sha256(" ".join(words).encode())
    for name in (script, plots):
        with open(name, "rb") as file:
            mark.update(file.read())
    kept = out + ".mark"
    known = os.path.exists(kept) and open(kept).read() == mark.hexdigest()
    if not known:
        subprocess.run([sys.executable, script, plots, out, *words], check=True)
        with open(kept, "w") as file:
            file.write(mark.hexdigest())
    with open(out + ".times") as file:
        times = [float(line) for line in file.readlines()[1:]]
    return places(out), float(np.mean(times))


def redan(program, plots, out, algorithm, settings):
    """Tracks of redan and its mean seconds for a scan."""
    words = [program, "track", plots, "--format", "bench-csv", "--algorithm", algorithm, "--out", out, "--json"]
    words += ["--settings", os.path.join(HERE, settings)]
    said = json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)
    return places(out), said["scan_ms_mean"] / 1e3


def both(args, name, scene, algorithm, scans, detection, clutter, settings):
    """OSPA and seconds for a scan: (redan, Stone Soup)."""
    folder = os.path.join(args.folder, name)
    os.makedirs(folder, exist_ok=True)
    plots, truth = os.path.join(scene, "dets.csv"), places(os.path.join(scene, "truth.csv"))
    counted = range(SETTLE, scans)
    tracks, theirs_s = stonesoup(
        plots, os.path.join(folder, f"stonesoup-{algorithm}.csv"), algorithm, scans, detection, clutter
    )
    theirs_m = mean_ospa(truth, tracks, counted)
    out = os.path.join(folder, f"redan-{algorithm}.csv")
    tracks, ours_s = redan(args.redan, plots, out, algorithm, settings)
    return (mean_ospa(truth, tracks, counted), ours_s), (theirs_m, theirs_s)


def line(name, ours, theirs):
    """One row of the table."""
    print(
        f"{name:12} {theirs[0]:10.1f} {ours[0]:9.1f} {100 * (ours[0] / theirs[0] - 1):+7.1f} % "
        f"{1e3 * theirs[1]:12.1f} {1e3 * ours[1]:10.3f} {theirs[1] / ours[1]:9.0f}",
        flush=True,
    )


def heading(algorithm):
    print(f"\n{algorithm}        Stone Soup     redan           Stone Soup      redan     times")
    print("                OSPA m    OSPA m              ms a scan  ms a scan    faster", flush=True)


def easy(args, algorithm):
    """The four scenes of the reference folder."""
    if not os.path.isdir(args.easy):
        print(f"skipped: {args.easy} is not there, so there are no easy scenes")
        return
    heading(f"easy, {algorithm}")
    for targets, scans in EASY_SCANS.items():
        name = f"n{targets}"
        line(name, *both(args, f"easy/{name}", os.path.join(args.easy, name), algorithm, scans, 0.9, 20.0, "easy.toml"))


def hard(args, algorithm):
    """Scenes with crossings, formations, turns, missed looks and clutter, and what the seeds say together."""
    heading(f"hard, {algorithm}")
    ours, theirs = [], []
    for seed in range(args.seeds):
        scene = os.path.join(args.folder, "scenes", f"s{seed}")
        write(scene, seed, args.scans)
        one, other = both(args, f"hard/s{seed}", scene, algorithm, args.scans, 0.7, 200.0, "hard.toml")
        line(f"seed {seed}", one, other)
        ours.append(one)
        theirs.append(other)
    ours, theirs = np.array(ours), np.array(theirs)
    line("mean", ours.mean(axis=0), theirs.mean(axis=0))
    if args.seeds > 1:
        difference = ours[:, 0] - theirs[:, 0]
        half = student.ppf(0.975, args.seeds - 1) * difference.std(ddof=1) / np.sqrt(args.seeds)
        middle = difference.mean()
        print(
            f"paired difference over {args.seeds} seeds: {middle:+.1f} m, 95 % interval "
            f"{middle - half:+.1f} to {middle + half:+.1f} m"
        )


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("redan")
    words.add_argument("folder")
    words.add_argument("--seeds", type=int, default=20)
    words.add_argument("--scans", type=int, default=30)
    words.add_argument("--easy", default=os.path.join(HERE, "../../../shared/reference/tracking-bench"))
    words.add_argument("--algorithms", default="gnn,jpda")
    words.add_argument("--only", choices=["easy", "hard"])
    args = words.parse_args()
    for algorithm in args.algorithms.split(","):
        if args.only != "hard":
            easy(args, algorithm)
        if args.only != "easy":
            hard(args, algorithm)


if __name__ == "__main__":
    main()
