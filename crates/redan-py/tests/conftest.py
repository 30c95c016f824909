"""What the tests share: the first scenario, loaded once over a smooth Earth."""

from pathlib import Path

import pytest
import redan

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def scenario() -> Path:
    return ROOT / "scenarios" / "first-look.toml"


@pytest.fixture(scope="session")
def battle(scenario: Path) -> redan.Battle:
    return redan.load(scenario, terrain="smooth")


@pytest.fixture(scope="session")
def recording(battle: redan.Battle) -> redan.Recording:
    return battle.run(seed=3)
