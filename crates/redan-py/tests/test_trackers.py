"""Trackers in Python: what they say becomes the picture; what does not hold is refused."""

import pyarrow as pa
import pytest
import redan
from simple_tracker import Simple


def test_a_tracker_makes_the_picture(battle: redan.Battle) -> None:
    recording = battle.run(seed=3, tracker=Simple)
    kinds = pa.table(recording.table("events"))["kind"].to_pylist()
    assert kinds.count("track-confirmed") > 5
    assert kinds.count("track-dropped") > 0
    assert kinds.count("identified") > 0, "identification is the network's business"
    assert len(recording.table("tracks")) > 100
    assert battle.run(seed=3, tracker=Simple).digest == recording.digest


def test_tracker_and_doctrine_go_together(battle: redan.Battle) -> None:
    seen: list[int] = []

    class Watching:
        def __init__(self, setup: redan.Setup) -> None:
            pass

        def decide(self, situation: redan.Situation) -> list[redan.Order]:
            seen.append(sum(track.confirmed for track in situation.tracks))
            return []

    battle.run(seed=3, tracker=Simple, doctrine=Watching)
    assert max(seen) > 3


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (redan.Dropped(track=7), "no such track"),
        (redan.Confirmed(track=7), "no such track"),
        (redan.Started(track=7, plot=10**9, state=redan.State(0.0, [0.0] * 6, [[0.0] * 6] * 6)), "no such plot"),
        (redan.Started(track=7, plot=0, state=redan.State(0.0, [0.0] * 5, [[0.0] * 6] * 6)), "mean of 6"),
        (redan.Started(track=7, plot=0, state=redan.State(0.0, [float("nan")] * 6, [[0.0] * 6] * 6)), "not finite"),
    ],
)
def test_what_does_not_hold_is_refused(
    battle: redan.Battle, change: redan.Change, reason: str
) -> None:
    class Liar:
        def __init__(self, setup: redan.Setup) -> None:
            pass

        def ingest(self, scan: redan.Scan) -> list[redan.Change]:
            return [change]

        def advance(self, now_s: float) -> list[redan.Change]:
            return []

    with pytest.raises(redan.InputError, match=reason):
        battle.run(tracker=Liar)


def test_what_is_no_tracker_is_an_error(battle: redan.Battle) -> None:
    class Mute:
        def __init__(self, setup: redan.Setup) -> None:
            pass

    with pytest.raises(AttributeError):
        battle.run(tracker=Mute)  # type: ignore[arg-type]
