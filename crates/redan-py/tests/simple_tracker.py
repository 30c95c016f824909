"""A tracker in forty lines: nearest neighbour with fixed gains. To show the form, not to be good."""

from math import dist

import redan

GATE_M = 5_000.0
POSITION_GAIN = 0.7
VELOCITY_GAIN = 0.4
PLOTS_TO_CONFIRM = 3
PATIENCE_S = 40.0
COVARIANCE = [[(250_000.0 if i < 3 else 2_500.0) if i == j else 0.0 for j in range(6)] for i in range(6)]


class Simple:
    """Each plot goes to the nearest track within a gate, else it starts one."""

    def __init__(self, setup: redan.Setup) -> None:
        self.sensors = {sensor.number for sensor in setup.sensors}
        self.tracks: dict[int, tuple[float, list[float], list[float], int]] = {}
        self.next = 0

    def ingest(self, scan: redan.Scan) -> list[redan.Change]:
        assert scan.sensor.number in self.sensors
        changes: list[redan.Change] = []
        for plot in scan.plots:
            near = self.nearest(plot)
            changes += self.start(plot) if near is None else self.update(near, plot)
        return changes

    def advance(self, now_s: float) -> list[redan.Change]:
        old = [number for number, track in self.tracks.items() if now_s - track[0] > PATIENCE_S]
        for number in old:
            del self.tracks[number]
        return [redan.Dropped(track=number) for number in old]

    def predicted(self, number: int, time_s: float) -> list[float]:
        at_s, position, velocity, _ = self.tracks[number]
        return [p + v * (time_s - at_s) for p, v in zip(position, velocity, strict=True)]

    def nearest(self, plot: redan.Plot) -> int | None:
        def far(number: int) -> float:
            return dist(self.predicted(number, plot.time_s), plot.position_m)

        number = min(self.tracks, key=far, default=None)
        return number if number is not None and far(number) < GATE_M else None

    def start(self, plot: redan.Plot) -> list[redan.Change]:
        number, self.next = self.next, self.next + 1
        self.tracks[number] = (plot.time_s, list(plot.position_m), [0.0, 0.0, 0.0], 1)
        return [redan.Started(track=number, plot=plot.id, state=self.state(number))]

    def update(self, number: int, plot: redan.Plot) -> list[redan.Change]:
        at_s, _, velocity, plots = self.tracks[number]
        predicted = self.predicted(number, plot.time_s)
        off = [seen - p for seen, p in zip(plot.position_m, predicted, strict=True)]
        position = [p + POSITION_GAIN * o for p, o in zip(predicted, off, strict=True)]
        step_s = plot.time_s - at_s
        if step_s > 0.5:
            velocity = [v + VELOCITY_GAIN * o / step_s for v, o in zip(velocity, off, strict=True)]
        self.tracks[number] = (plot.time_s, position, velocity, plots + 1)
        changes: list[redan.Change] = [
            redan.Updated(track=number, plot=plot.id, state=self.state(number))
        ]
        if plots + 1 == PLOTS_TO_CONFIRM:
            changes.append(redan.Confirmed(track=number))
        return changes

    def state(self, number: int) -> redan.State:
        time_s, position, velocity, _ = self.tracks[number]
        return redan.State(time_s=time_s, mean=[*position, *velocity], covariance=COVARIANCE)
