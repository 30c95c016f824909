"""OSPA of a table of tracks against a table of truth, with scipy's assignment: a second opinion on redan's own."""

import csv

import numpy as np
from scipy.optimize import linear_sum_assignment


def places(path, columns=("x", "y", "z")):
    """Positions of each scan: {scan: array of n by 3}, metres."""
    scans = {}
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            scans.setdefault(int(row["scan"]), []).append([float(row[name]) for name in columns])
    return {scan: np.array(rows) for scan, rows in scans.items()}


def ospa(truth, tracks, cutoff_m=2000.0, order=1):
    """OSPA of two sets of points (Schuhmacher, Vo and Vo 2008, equation 3), metres."""
    most = max(len(truth), len(tracks))
    if most == 0:
        return 0.0
    if min(len(truth), len(tracks)) == 0:
        return cutoff_m
    costs = np.linalg.norm(truth[:, None, :] - tracks[None, :, :], axis=2)
    costs = np.minimum(costs, cutoff_m) ** order
    rows, columns = linear_sum_assignment(costs)
    gone = cutoff_m**order * abs(len(truth) - len(tracks))
    return ((costs[rows, columns].sum() + gone) / most) ** (1 / order)


def mean_ospa(truth, tracks, scans):
    """Mean of the OSPA over these scans, metres."""
    nothing = np.empty((0, 3))
    return float(np.mean([ospa(truth.get(n, nothing), tracks.get(n, nothing)) for n in scans]))
