"""Whether a fee may be taken from a payout is the law's to say, from the day it says so."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from evenhand.law import loader, payouts

D = date(2026, 11, 25)
CIVIL = date(2021, 1, 1)
FEE = {"name": "service_fee", "when": "at_disbursal", "of": "lent", "amount": 20_000}


def terms(*fees: dict[str, Any]) -> dict[str, Any]:
    return {"fees": list(fees)}


def cites(packs: list[str], said: dict[str, Any], on: date = D) -> list[str]:
    return [one.cite for one in payouts.forbidden(packs, said, on)]


@pytest.mark.parametrize(
    ("packs", "said", "on", "cited"),
    [
        (["cn"], terms(FEE), D, ["民法典 art. 670"]),
        (["policy", "cn"], terms(FEE), CIVIL, ["民法典 art. 670"]),
        (["cn"], terms(FEE), date(2020, 12, 31), []),
        (["cn"], terms(FEE | {"name": "guarantee_fee"}), D, ["民法典 art. 670"]),
        (["cn"], terms(FEE | {"when": "per_instalment"}), D, []),
        (["cn"], terms(), D, []),
        (["cn"], {}, D, []),
        (["us"], terms(FEE), D, []),
        (["uk", "policy"], terms(FEE), D, []),
        (["us", "cn"], terms(FEE), D, ["民法典 art. 670"]),
    ],
)
def test_what_the_packs_in_force_forbid_is_named_with_its_article(
    packs: list[str], said: dict[str, Any], on: date, cited: list[str]
) -> None:
    assert cites(packs, said, on) == cited


HEAD = """
schema = "lawpack/1"
pack = "toy"
name = { zh-Hant = "例", zh-Hans = "例", en = "Toy" }
jurisdiction = "XX"
zone = "Asia/Shanghai"
reviewed_on = "2026-11-23"
review_again_on = "2027-02-23"

[instrument.act]
title = "The Toy Act"
short = "Toy Act"
kind = "statute"
force = "hard"
from = "2020-01-01"
url = "https://example.org/act"
read_on = "2026-11-23"
"""
RULE = """
[[rule]]
id = "toy.whole"
type = "payout"
effect = "inform"
law_effect = "forbids"
title = { zh-Hant = "例", zh-Hans = "例", en = "Whole" }
says = { zh-Hant = "例", zh-Hans = "例", en = "Whole" }

[[rule.value]]
from = "2020-01-01"
not_kept_back = ["interest"]
ref = [{ instrument = "act", article = "s. 1", read = "seen" }]

[[rule.value]]
from = "2024-01-01"
not_kept_back = ["interest", "guarantee_fee"]
ref = [{ instrument = "act", article = "s. 1a", read = "seen" }]

[[rule.value]]
from = "2026-01-01"
ends = true
ref = [{ instrument = "act", article = "s. 9", read = "seen" }]
"""


@pytest.mark.parametrize(
    ("on", "charges", "cite"),
    [
        (date(2023, 12, 31), ("interest",), "Toy Act s. 1"),
        (date(2024, 1, 1), ("interest", "guarantee_fee"), "Toy Act s. 1a"),
    ],
)
def test_a_rule_speaks_of_the_charges_it_names_while_it_holds(
    tmp_path: Path, on: date, charges: tuple[str, ...], cite: str
) -> None:
    home = tmp_path / "toy"
    home.mkdir()
    (home / "pack.toml").write_text(HEAD, "utf-8")
    (home / "rules.toml").write_text(RULE, "utf-8")
    pack = loader.read(home)
    assert payouts.wholes_of([pack], on) == [payouts.Whole("toy.whole", charges, cite)]
    assert payouts.wholes_of([pack], date(2026, 1, 1)) == []
