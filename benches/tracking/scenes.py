"""Hard scenes for trackers: crossings, formations, manoeuvres, missed looks and much clutter.

    scenes.py FOLDER --seeds N [--scans N]

writes FOLDER/sN/dets.csv and FOLDER/sN/truth.csv for seeds 0 to N-1, in the form of the easy scenes: a radar at the
origin of a flat Earth, x east, y north, z up, metres; one scan in four seconds.

A scene has 24 targets at 150 to 300 m/s between 30 and 110 km:

* 4 pairs that cross at 10 to 35 degrees in the middle of the scene, at one height;
* 2 formations of 4, 250 m apart, which is about the standard deviation across the line of sight;
* 6 that turn at 2 to 4 g for 8 to 16 seconds, twice, to either side;
* 2 that fly straight.

Each is detected with probability 0.7 in each scan. Echoes in one resolution cell (150 m in range and 1.5 degrees in
azimuth) make one plot at their mean. Errors are those of the easy scenes (0.2 degrees, 0.2 degrees, 50 m). 200 false
plots a scan on average (Poisson), uniform in bearing, in elevation up to 30 degrees and in range from 1 to 200 km.
"""

import argparse
import csv
import os

import numpy as np

REVISIT_S = 4.0
STEP_S = 0.5
DETECTION = 0.7
CLUTTER = 200.0
ANGLE_RAD = np.radians(0.2)
RANGE_M = 50.0
CELL_M = 150.0
CELL_RAD = np.radians(1.5)
GRAVITY = 9.80665


def start_of(dice):
    """Place in the middle of the scene, course and speed: x, y, z, course, speed."""
    bearing, distance = dice.uniform(0, 2 * np.pi), dice.uniform(50e3, 90e3)
    height, course = dice.uniform(4e3, 11e3), dice.uniform(0, 2 * np.pi)
    place = [distance * np.cos(bearing), distance * np.sin(bearing), height]
    return place, course, dice.uniform(150, 300)


def flown(middle, course, speed, length_s, turns=()):
    """States (x, vx, y, vy, z, vz) every STEP_S of a level flight that is at `middle` halfway, if it were straight.
    `turns` are (start in s, end in s, rate in rad/s)."""
    steps = int(round(length_s / STEP_S)) + 1
    times = np.arange(steps) * STEP_S
    rates = np.zeros(steps)
    for begin, end, rate in turns:
        rates[(times >= begin) & (times < end)] = rate
    courses = course + np.concatenate([[0.0], np.cumsum(rates[:-1]) * STEP_S])
    vx, vy = speed * np.cos(courses), speed * np.sin(courses)
    first = np.array(middle[:2]) - 0.5 * length_s * speed * np.array([np.cos(course), np.sin(course)])
    x = first[0] + np.concatenate([[0.0], np.cumsum(0.5 * (vx[1:] + vx[:-1])) * STEP_S])
    y = first[1] + np.concatenate([[0.0], np.cumsum(0.5 * (vy[1:] + vy[:-1])) * STEP_S])
    level = np.zeros(steps)
    return np.stack([x, vx, y, vy, level + middle[2], level], axis=1)


def turns_of(dice, speed, length_s):
    """Two turns at 2 to 4 g, one in each half of the scene."""
    turns = []
    for half in (0.1, 0.55):
        begin = length_s * (half + dice.uniform(0, 0.15))
        load = dice.uniform(2, 4)
        rate = GRAVITY * np.sqrt(load**2 - 1) / speed * dice.choice([-1, 1])
        turns.append((begin, begin + dice.uniform(8, 16), rate))
    return turns


def targets_of(dice, length_s):
    """States of all 24 targets: array of targets by steps by 6."""
    flights = []
    for _ in range(4):
        middle, course, speed = start_of(dice)
        angle = np.radians(dice.uniform(10, 35))
        flights.append(flown(middle, course, speed, length_s))
        flights.append(flown(middle, course + angle, speed * dice.uniform(0.9, 1.1), length_s))
    for _ in range(2):
        middle, course, speed = start_of(dice)
        for place in range(4):
            aside = 250.0 * place
            ahead = -250.0 * place
            offset = [
                ahead * np.cos(course) - aside * np.sin(course),
                ahead * np.sin(course) + aside * np.cos(course),
                0.0,
            ]
            flights.append(flown(np.add(middle, offset), course, speed, length_s))
    for _ in range(6):
        middle, course, speed = start_of(dice)
        flights.append(flown(middle, course, speed, length_s, turns_of(dice, speed, length_s)))
    for _ in range(2):
        middle, course, speed = start_of(dice)
        flights.append(flown(middle, course, speed, length_s))
    return np.array(flights)


def seen(state):
    """Elevation, bearing from east anticlockwise, range."""
    x, y, z = state[0], state[2], state[4]
    return np.array([np.arctan2(z, np.hypot(x, y)), np.arctan2(y, x), np.sqrt(x * x + y * y + z * z)])


def merged(echoes):
    """Echoes in one resolution cell become one, at their mean: list of (target, elevation, bearing, range)."""
    plots = []
    for target, look in echoes:
        for plot in plots:
            near = np.mean(plot["looks"], axis=0)
            aside = (look[1] - near[1] + np.pi) % (2 * np.pi) - np.pi
            if abs(look[2] - near[2]) < CELL_M and abs(aside) < CELL_RAD:
                plot["looks"].append(np.array([look[0], near[1] + aside, look[2]]))
                break
        else:
            plots.append({"target": target, "looks": [look]})
    return [(plot["target"], np.mean(plot["looks"], axis=0)) for plot in plots]


def plots_of(dice, states):
    """Plots of one scan in random order: (elevation, bearing, range, origin)."""
    echoes = [(n, seen(state)) for n, state in enumerate(states) if dice.uniform() < DETECTION]
    rows = []
    for target, look in merged(echoes):
        noisy = look + dice.normal(size=3) * [ANGLE_RAD, ANGLE_RAD, RANGE_M]
        rows.append([noisy[0], (noisy[1] + np.pi) % (2 * np.pi) - np.pi, noisy[2], target])
    for _ in range(dice.poisson(CLUTTER)):
        place = [dice.uniform(0, np.radians(30)), dice.uniform(-np.pi, np.pi), dice.uniform(1e3, 200e3)]
        rows.append([*place, -1])
    return [rows[index] for index in dice.permutation(len(rows))]


def write(folder, seed, scans):
    """The tables of one seed."""
    dice = np.random.default_rng(seed)
    flights = targets_of(dice, (scans - 1) * REVISIT_S)
    stride = int(round(REVISIT_S / STEP_S))
    truth, plots = [], []
    for scan in range(scans):
        at, states = scan * REVISIT_S, flights[:, scan * stride, :]
        truth += [[scan, at, n, *(f"{part:.6f}" for part in state)] for n, state in enumerate(states)]
        for number, (elevation, bearing, distance, origin) in enumerate(plots_of(dice, states)):
            look = [f"{elevation:.9f}", f"{bearing:.9f}", f"{distance:.4f}"]
            plots.append([scan, at, number, *look, origin])
    os.makedirs(folder, exist_ok=True)
    for name, header, rows in [
        ("truth.csv", "scan,time_s,target,x,vx,y,vy,z,vz", truth),
        ("dets.csv", "scan,time_s,det,elevation_rad,bearing_rad,range_m,origin", plots),
    ]:
        with open(os.path.join(folder, name), "w", newline="") as file:
            table = csv.writer(file, lineterminator="\n")
            table.writerow(header.split(","))
            table.writerows(rows)


def main():
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("folder")
    words.add_argument("--seeds", type=int, default=20)
    words.add_argument("--scans", type=int, default=30)
    args = words.parse_args()
    for seed in range(args.seeds):
        write(os.path.join(args.folder, f"s{seed}"), seed, args.scans)


if __name__ == "__main__":
    main()
