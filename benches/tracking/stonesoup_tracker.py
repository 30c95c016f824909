"""Stone Soup on the plots of one scene: tracks as a table, and the time of every scan.

    stonesoup_tracker.py DETS.csv OUT.csv --algorithm gnn|jpda [--scans N] [--detection P] [--clutter N] [--q PSD]
                         [--plain]

DETS.csv has the columns scan, time_s, det, elevation_rad, bearing_rad (from east, anticlockwise), range_m.
OUT.csv gets scan, time_s, track, x, y, z in metres (east, north, up), only when all is done; OUT.csv.times
gets one line for each scan, the seconds that it took.

The tracker is put together as Stone Soup's own documentation does it: extended Kalman filter with nearly
constant velocity, either 2-D assignment (global nearest neighbour) or joint probabilistic data association by
efficient hypothesis management (EHM2 of pyehm), tracks started by three measurements and dropped after five scans
without one. It is told the truth about noise, detection probability and clutter, which a user would have to
guess.
"""

import argparse
import csv
import datetime
import os
import time

import numpy as np
from stonesoup.dataassociator.neighbour import GNNWith2DAssignment
from stonesoup.dataassociator.tree import DetectionKDTreeMixIn
from stonesoup.deleter.time import UpdateTimeStepsDeleter
from stonesoup.hypothesiser.distance import DistanceHypothesiser
from stonesoup.hypothesiser.probability import PDAHypothesiser
from stonesoup.initiator.simple import MultiMeasurementInitiator, SimpleMeasurementInitiator
from stonesoup.measures import Mahalanobis
from stonesoup.models.measurement.nonlinear import CartesianToElevationBearingRange
from stonesoup.models.transition.linear import (
    CombinedLinearGaussianTransitionModel,
    ConstantVelocity,
)
from stonesoup.predictor.kalman import ExtendedKalmanPredictor
from stonesoup.types.array import StateVector
from stonesoup.types.detection import Detection
from stonesoup.types.state import GaussianState
from stonesoup.types.update import Update
from stonesoup.updater.kalman import ExtendedKalmanUpdater

EPOCH = datetime.datetime(2026, 1, 1)
# Volume in which clutter is uniform: elevation 0 to 30 degrees, all bearings, range 1 to 200 km.
CLUTTER_VOLUME = np.radians(30) * 2 * np.pi * 199e3
# Distance in standard deviations beyond which a measurement is not weighed: 99.7 % for three of them.
GATE_SIGMAS = 3.75
# Range gate of the tree of plots, metres: wider than the gate of a new track after two scans, so that it changes the
# speed and not the choice.
TREE_M = 6500.0


class TreeGNN(DetectionKDTreeMixIn, GNNWith2DAssignment):
    """2-D assignment that weighs only plots of a like range. In the space of measurements range in metres outweighs
    angles in radians by far, so that a ball about the predicted measurement is a gate in range."""


def scans_of(path, limit):
    """Detections of each scan, in order: (scan, time_s, rows)."""
    scans = {}
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            rows = scans.setdefault((int(row["scan"]), float(row["time_s"])), [])
            rows.append([float(row[name]) for name in ("elevation_rad", "bearing_rad", "range_m")])
    return [(scan, at, rows) for (scan, at), rows in sorted(scans.items())][:limit]


def parts(args):
    """Associator, initiator, deleter and measurement model of a tracker."""
    transition = CombinedLinearGaussianTransitionModel(
        [ConstantVelocity(args.q), ConstantVelocity(args.q), ConstantVelocity(args.q_vertical)]
    )
    noise = np.diag([np.radians(0.2) ** 2, np.radians(0.2) ** 2, 50.0**2])
    model = CartesianToElevationBearingRange(ndim_state=6, mapping=(0, 2, 4), noise_covar=noise)
    predictor, updater = ExtendedKalmanPredictor(transition), ExtendedKalmanUpdater(model)
    distance = DistanceHypothesiser(predictor, updater, Mahalanobis(), missed_distance=GATE_SIGMAS)
    nearest = GNNWith2DAssignment(distance)
    if not args.plain:
        nearest = TreeGNN(distance, predictor, updater, max_distance=TREE_M)
    associator = nearest
    if args.algorithm == "jpda":
        from pyehm.plugins.stonesoup import JPDAWithEHM2

        weighed = PDAHypothesiser(
            predictor,
            updater,
            clutter_spatial_density=max(args.clutter, 0.1) / CLUTTER_VOLUME,
            prob_detect=args.detection,
            prob_gate=0.997,
        )
        associator = JPDAWithEHM2(weighed)
    # Positions come from the first measurement; speeds of aircraft are within 300 m/s, level or nearly so.
    spread = np.diag([0.0, 200.0**2, 0.0, 200.0**2, 0.0, 10.0**2])
    prior = GaussianState(StateVector([0.0] * 6), spread, timestamp=EPOCH)
    initiator = MultiMeasurementInitiator(
        prior_state=prior,
        deleter=UpdateTimeStepsDeleter(2),
        data_associator=nearest,
        updater=updater,
        measurement_model=model,
        min_points=3,
        initiator=SimpleMeasurementInitiator(prior, measurement_model=model),
    )
    return associator, initiator, UpdateTimeStepsDeleter(5), updater, model


def mixed(hypotheses, updater):
    """Posterior of one track: the update, or for joint association the moment-matched mixture of all."""
    from stonesoup.functions import gm_reduce_single
    from stonesoup.types.array import StateVectors
    from stonesoup.types.update import GaussianStateUpdate

    if not hasattr(hypotheses, "__iter__"):
        return updater.update(hypotheses) if hypotheses else hypotheses.prediction
    states, weights = [], []
    for hypothesis in hypotheses:
        states.append(updater.update(hypothesis) if hypothesis else hypothesis.prediction)
        weights.append(float(hypothesis.probability))
    best = max(zip(weights, hypotheses), key=lambda pair: pair[0])[1]
    means = StateVectors([state.state_vector for state in states])
    covariances = np.stack([state.covar for state in states], axis=2)
    mean, covariance = gm_reduce_single(means, covariances, np.asarray(weights))
    if best:
        return GaussianStateUpdate(mean, covariance, hypotheses, best.measurement.timestamp)
    prediction = best.prediction
    prediction.state_vector, prediction.covar = mean, covariance
    return prediction


def place_of(one):
    """Position of a track, metres."""
    return [float(one.state_vector[axis]) for axis in (0, 2, 4)]


def track(args):
    """Rows (scan, time_s, track, x, y, z) and seconds of every scan."""
    associator, initiator, deleter, updater, model = parts(args)
    tracks, numbers, rows, times = set(), {}, [], []
    for scan, at, plots in scans_of(args.plots, args.scans):
        now = EPOCH + datetime.timedelta(seconds=at)
        detections = {
            Detection(StateVector(row), timestamp=now, measurement_model=model) for row in plots
        }
        begun = time.perf_counter()
        used = set()
        for one, hypotheses in associator.associate(tracks, detections, now).items():
            state = mixed(hypotheses, updater)
            one.append(state)
            if hasattr(hypotheses, "__iter__"):
                used |= {h.measurement for h in hypotheses if h and h.probability > 0.1}
            elif isinstance(state, Update):
                used.add(hypotheses.measurement)
        tracks -= deleter.delete_tracks(tracks)
        tracks |= initiator.initiate(detections - used, now)
        times.append(time.perf_counter() - begun)
        for one in sorted((one for one in tracks if one.id not in numbers), key=place_of):
            numbers[one.id] = len(numbers)
        for one in sorted(tracks, key=lambda one: numbers[one.id]):
            rows.append([scan, at, numbers[one.id], *(f"{part:.4f}" for part in place_of(one))])
    return rows, times


def main():
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("plots")
    words.add_argument("out")
    words.add_argument("--algorithm", choices=["gnn", "jpda"], default="gnn")
    words.add_argument("--scans", type=int, default=None)
    words.add_argument("--detection", type=float, default=0.9)
    words.add_argument("--clutter", type=float, default=20.0)
    words.add_argument("--plain", action="store_true", help="without the tree: every plot is weighed against every track")
    words.add_argument("--q", type=float, default=1.0)
    words.add_argument("--q-vertical", type=float, default=0.01)
    args = words.parse_args()
    rows, times = track(args)
    for name, header, lines in [
        (args.out + ".times", ["seconds"], [[f"{seconds:.6f}"] for seconds in times]),
        (args.out, ["scan", "time_s", "track", "x", "y", "z"], rows),
    ]:
        with open(name + ".part", "w", newline="") as file:
            table = csv.writer(file, lineterminator="\n")
            table.writerow(header)
            table.writerows(lines)
        os.replace(name + ".part", name)


if __name__ == "__main__":
    main()
