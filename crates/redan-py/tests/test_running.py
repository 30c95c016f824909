"""A battle under way: stepped, observed, acted upon and forked."""

import pytest
import redan
from simple_tracker import Simple


def test_stepping_changes_nothing(battle: redan.Battle, recording: redan.Recording) -> None:
    running = battle.start(seed=3)
    for until_s in (0.0, 300.0, 300.0, 900.0):
        running.advance(until_s=until_s)
    assert running.now_s == 900
    assert running.finish().digest == recording.digest
    assert running.over


def test_observing_changes_nothing(battle: redan.Battle, recording: redan.Recording) -> None:
    running = battle.start(seed=3)
    moments = []
    while (situation := running.observe()) is not None:
        moments.append(situation.now_s)
    assert len(moments) > 100
    assert moments == sorted(set(moments))
    assert running.finish().digest == recording.digest


def test_acting_as_the_doctrine_would_is_its_battle(
    battle: redan.Battle, recording: redan.Recording
) -> None:
    running = battle.start(seed=3)
    orders = 0
    while (situation := running.observe()) is not None:
        wanted = situation.orders(doctrine="shoot-look-shoot", salvo=2)
        orders += len(wanted)
        running.act(wanted)
    finished = running.finish()
    assert orders > 5
    assert dict(finished.measures())["kills"] == dict(recording.measures())["kills"]
    assert dict(finished.measures())["rounds_fired"] == dict(recording.measures())["rounds_fired"]


def test_a_fork_goes_on_with_the_same_luck(
    battle: redan.Battle, recording: redan.Recording
) -> None:
    running = battle.start(seed=3)
    running.advance(until_s=500)
    fork, other = running.fork(), running.fork(replication=1)
    assert len(fork) == len(running)
    assert running.finish().digest == recording.digest
    assert fork.finish().digest == recording.digest
    assert other.finish().digest != recording.digest


def test_branches_differ_by_what_was_done(battle: redan.Battle) -> None:
    running = battle.start(seed=3)
    while (situation := running.observe()) is not None:
        wanted = situation.orders()
        if wanted:
            break
    assert situation is not None
    held, fired = running.fork(), running.fork()
    held.act([])
    fired.act(wanted)
    assert dict(held.measures())["rounds_fired"] == dict(fired.measures())["rounds_fired"] == 0
    next_held, next_fired = held.observe(), fired.observe()
    assert next_held is not None and next_fired is not None
    assert next_held.committed == []
    assert [track for track, _ in next_fired.committed] == [order.track for order in wanted]
    assert next_held.now_s == next_fired.now_s > situation.now_s


def test_a_tracker_of_ones_own_is_forked_too(battle: redan.Battle) -> None:
    whole = battle.run(seed=3, tracker=Simple).digest
    running = battle.start(seed=3, tracker=Simple)
    running.advance(until_s=400)
    fork = running.fork()
    assert running.finish().digest == whole
    assert fork.finish().digest == whole


def test_misuse_is_told(battle: redan.Battle) -> None:
    running = battle.start()
    with pytest.raises(redan.InputError, match="observe"):
        running.act([])
    assert running.observe() is not None
    running.act([])
    with pytest.raises(redan.InputError, match="observe"):
        running.act([])
    running.finish()
    for call in (running.finish, running.observe, running.fork):
        with pytest.raises(redan.InputError, match="over"):
            call()
    with pytest.raises(redan.InputError, match="until_s"):
        battle.start().advance(until_s=float("nan"))
