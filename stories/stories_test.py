"""Every story happens as told, and nothing untold leaves the house."""

from pathlib import Path

import pytest

from stories import playing, reading

STORIES = sorted(Path(__file__).parent.glob("*.story"))


@pytest.mark.django_db
def test_every_story_happens_as_told() -> None:
    faults = playing.play([reading.read(path) for path in STORIES])
    assert faults == {path.stem: [] for path in STORIES}


def test_a_line_that_says_nothing_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "odd.story"
    path.write_text("# Odd\n2026-05-05 sings 10.00\n", "utf-8")
    with pytest.raises(ValueError, match=r"odd\.story:2"):
        reading.read(path)
