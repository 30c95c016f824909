"""Doctrines in Python: they do what the same one inside does, and cannot do what no unit can."""

import pyarrow as pa
import pyarrow.compute as pc
import pytest
import redan


class Shipped:
    """The doctrine that ships, from outside."""

    def __init__(self, setup: redan.Setup) -> None:
        assert setup.network == "national"
        self.decisions = 0

    def decide(self, situation: redan.Situation) -> list[redan.Order]:
        self.decisions += 1
        return situation.orders(doctrine="shoot-look-shoot", salvo=2)


class Nearest:
    """One round at whatever of the confirmed tracks is soonest somewhere, with the first missile that may."""

    def __init__(self, setup: redan.Setup) -> None:
        self.fired_at: set[int] = set()

    def decide(self, situation: redan.Situation) -> list[redan.Order]:
        for threat in situation.threats():
            if threat.track in self.fired_at:
                continue
            for unit in situation.units:
                for stock in unit.stocks:
                    order = redan.Order(track=threat.track, unit=unit.name, missile=stock.missile)
                    verdict = situation.check(order)
                    if verdict.ok:
                        assert verdict.time_s is not None and verdict.time_s > 0
                        self.fired_at.add(threat.track)
                        return [order]
                    assert verdict.reason
        return []


class Silent:
    def __init__(self, setup: redan.Setup) -> None:
        pass

    def decide(self, situation: redan.Situation) -> list[redan.Order]:
        return []


class Nonsense(Silent):
    def decide(self, situation: redan.Situation) -> list[redan.Order]:
        missile = situation.units[0].stocks[0].missile
        return [
            redan.Order(track=track.id, unit="Murted", missile=missile, rounds=1_000)
            for track in situation.tracks
        ]


def rows(recording: redan.Recording, kind: str) -> int:
    events = pa.table(recording.table("events"))
    return events.filter(pc.field("kind") == kind).num_rows


def test_the_shipped_doctrine_from_outside_orders_the_same(
    battle: redan.Battle, recording: redan.Recording
) -> None:
    ordered = rows(recording, "ordered")
    assert ordered > 5
    custom = battle.run(seed=3, doctrine=Shipped)
    assert rows(custom, "ordered") == ordered
    assert dict(custom.measures())["leaks"] == dict(recording.measures())["leaks"]


def test_an_idea_is_fought_and_repeated(battle: redan.Battle) -> None:
    first = battle.run(seed=3, doctrine=Nearest)
    assert dict(first.measures())["rounds_fired"] > 5
    assert battle.run(seed=3, doctrine=Nearest).digest == first.digest


def test_silence_and_nonsense_fire_nothing(battle: redan.Battle) -> None:
    assert rows(battle.run(seed=3, doctrine=Silent), "launched") == 0
    nonsense = battle.run(seed=3, doctrine=Nonsense)
    assert rows(nonsense, "launched") == 0
    assert rows(nonsense, "refused") > 10


def test_an_exception_ends_the_battle_and_is_raised(battle: redan.Battle) -> None:
    class Broken(Silent):
        def decide(self, situation: redan.Situation) -> list[redan.Order]:
            if situation.now_s > 60:
                raise ZeroDivisionError("at last")
            return []

    with pytest.raises(ZeroDivisionError, match="at last"):
        battle.run(doctrine=Broken)


def test_an_unknown_unit_is_the_authors_mistake(battle: redan.Battle) -> None:
    class Lost(Silent):
        def decide(self, situation: redan.Situation) -> list[redan.Order]:
            return [redan.Order(track=1, unit="nowhere", missile="none")]

    with pytest.raises(redan.InputError, match="nowhere") as caught:
        battle.run(doctrine=Lost)
    assert caught.value.hint is not None and "Murted" in caught.value.hint


def test_a_network_that_is_not_there_is_refused(battle: redan.Battle) -> None:
    with pytest.raises(redan.InputError, match="coalition"):
        battle.run(doctrine=Silent, network="coalition")
