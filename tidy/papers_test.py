"""Requirements are pinned and hashed; papers are dated."""

import pytest

from tidy import papers
from tidy.house import CHECKOUT, none

HASH = " \\\n    --hash=sha256:" + "0" * 64
GOOD = f"a==1.0{HASH}\nb==2 ; python_version < '4'{HASH}\n    # via a\n"


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_requirements_are_pinned_hashed_and_as_asked(name: str) -> None:
    compiled = (CHECKOUT / f"{name}.txt").read_text()
    none(papers.requirements(f"{name}.txt", compiled))
    asked = (CHECKOUT / f"{name}.in").read_text()
    none(papers.requirements(f"{name}.in", compiled))
    none(papers.same_versions(f"{name}.in", asked, compiled))


@pytest.mark.parametrize("name", ["CHANGES.md", "DECISIONS.md"])
def test_papers_are_dated(name: str) -> None:
    none(papers.dated(name, (CHECKOUT / name).read_text()))


def test_a_good_file() -> None:
    assert papers.requirements("x", GOOD) == []


@pytest.mark.parametrize(
    "seed",
    [
        "--index-url https://packages.example/simple\n" + GOOD,
        "--extra-index-url file:///somewhere\n" + GOOD,
        "--find-links wheels\n" + GOOD,
        f"a @ https://files.example/a.whl{HASH}\n",
        "a==1.0\n",
        f"a>=1.0{HASH}\n",
    ],
)
def test_a_bad_requirement_is_seen(seed: str) -> None:
    assert papers.requirements("x", seed)


def test_another_version_than_asked_is_seen() -> None:
    assert papers.same_versions("x.in", "a==1.1\n", GOOD)
    assert papers.same_versions("x.in", "c==1\n", GOOD)
    assert papers.same_versions("x.in", "a[extra]==1.0\n", GOOD) == []


@pytest.mark.parametrize(
    "seed",
    ["# D\n", "## no day\n", "## 2026-01-01 a\n\n## 2026-02-01 b\n", "## 26-01-01 short\n"],
)
def test_an_undated_paper_is_seen(seed: str) -> None:
    assert papers.dated("x.md", seed)


PAPERS = sorted(str(path.relative_to(CHECKOUT)) for path in (CHECKOUT / "docs/why").glob("*.md"))


@pytest.mark.parametrize("name", ["HOUSE.md", "README.md", "DECISIONS.md", *PAPERS])
def test_what_a_paper_names_is_there(name: str) -> None:
    none(papers.places(name, (CHECKOUT / name).read_text(), CHECKOUT))


def test_a_place_that_is_not_there_is_seen() -> None:
    assert papers.places("x", "in `core/nowhere.py: stand` and `core/position.py`", CHECKOUT) == [
        "x names `core/nowhere.py`, which is not there"
    ]
    assert papers.places(
        "x", "`core/position.py`, `nowhere.toml`, `orders.py: ADVANCES`", CHECKOUT
    ) == ["x names `nowhere.toml`, which is nowhere"]
