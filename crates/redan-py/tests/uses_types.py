"""Every public name, used as its stubs say: checked by mypy, never run."""

import redan


class Idea:
    def __init__(self, setup: redan.Setup) -> None:
        self.origin: tuple[float, float, float] = setup.origin

    def decide(self, situation: redan.Situation) -> list[redan.Order]:
        unit = situation.units[0]
        order = redan.Order(track=1, unit=unit.name, missile=unit.stocks[0].missile, rounds=2)
        verdict = situation.check(order)
        reach: float | None = verdict.range_m
        return [order] if verdict.ok and reach is not None else []


def use() -> str:
    battle: redan.Battle = redan.load("raid.toml", variant="mast", terrain="auto")
    recording: redan.Recording = battle.run(seed=1, replication=2, doctrine=Idea)
    running: redan.Running = battle.start(network="national", doctrine=Idea)
    situation = running.observe()
    if situation is not None:
        running.act(situation.orders(doctrine="salvo"))
    study: redan.Study = redan.study("raid.toml", settings={"flight.high.count": 4}, sweep={"a": [1, 2]})
    compared: redan.Comparison = redan.compare("raid.toml", matters={"leakage": 0.05})
    area: redan.Coverage = redan.coverage(["a", "b"], at=[(1.0, 2.0), (3, 4)], out="folder")
    problems: list[redan.Problem] = redan.check("raid.toml")
    shots: list[tuple[int, int, int]] = redan.assign(values=[1.0], kill_probabilities=[[0.5]]).shots
    sizes = len(recording.table("looks")), len(study.table), len(compared.table), len(shots)
    return f"{sizes} {area.text} {problems}"
