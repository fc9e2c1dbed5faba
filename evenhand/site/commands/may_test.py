"""`evenhand may` against the published cases, and what it says to a request it cannot answer."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from evenhand.site.commands import may
from evenhand.site.commands.jsonline import BadRequest

ROOT = Path(__file__).parents[3]
CASES = (
    Path(os.environ.get("EVENHAND_CONFORMANCE", ROOT.parent / "shared/conformance")) / "law.json"
)

CALL: dict[str, Any] = {
    "packs": ["cn", "policy"],
    "at": "2026-11-09T10:00:00+08:00",
    "zones": ["Asia/Shanghai"],
    "channel": "call",
    "to": "debtor",
    "address": "m-86-1",
    "by": "lender",
    "lender_kind": "small_loan",
    "purpose": "collect",
    "debts": ["L1"],
    "discloses_debt": True,
    "facts": [],
    "history": [],
    "message": {"names_institution": True},
}


def cases() -> list[dict[str, Any]]:
    if not CASES.exists():
        return []
    listed: list[dict[str, Any]] = json.loads(CASES.read_text("utf-8"))
    return listed


def asked(**changes: Any) -> dict[str, Any]:
    return {key: value for key, value in (CALL | changes).items() if value is not None}


def told(changes: dict[str, Any]) -> dict[str, Any]:
    return may.answer([asked(**changes)])[0]


def rules(answer: dict[str, Any]) -> set[str]:
    return {each["rule"] for each in answer["refusals"] + answer["warnings"]}


def run(text: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "evenhand", "may"]
    return subprocess.run(command, input=text, capture_output=True, text=True, cwd=ROOT)


def test_the_published_cases_are_here() -> None:
    if not CASES.exists():
        pytest.skip(f"no published cases at {CASES}; set EVENHAND_CONFORMANCE")
    assert len(cases()) == 176


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["id"])
def test_a_published_case_is_decided_as_it_says(case: dict[str, Any]) -> None:
    answer = may.answer([case["request"]])[0]
    assert answer["allowed"] == case["allowed"], case["text"]
    assert case.get("rule") is None or case["rule"] in rules(answer), case["text"]
    assert answer["allowed"] == (answer["not_before"] == case["request"]["at"])


def test_a_batch_is_answered_in_its_order_as_each_alone() -> None:
    requests = [case["request"] for case in cases()] or [asked(), asked(packs=["cn"])]
    assert may.answer(requests) == [may.answer([request])[0] for request in requests]


def test_packs_that_do_not_ship_are_refused_by_name() -> None:
    found = run(json.dumps(asked(packs=["cn", "fr"])))
    assert (found.returncode, found.stdout) == (2, "")
    assert found.stderr.startswith("evenhand may: packs: there is no pack 'fr'")


def test_an_answer_names_rule_source_reason_moment_and_packs() -> None:
    found = run(json.dumps(asked(at="2026-11-09T22:30:00+08:00", packs=["cn"])))
    assert (found.returncode, found.stderr) == (0, "")
    answer = json.loads(found.stdout)
    assert answer["allowed"] is False
    assert [each["rule"] for each in answer["refusals"]] == ["cn.hours"]
    assert answer["refusals"][0]["cite"] == "GB/T 45251-2025 5.3; CBA 2026 ch. 3"
    assert "08:00" in answer["refusals"][0]["why"]
    assert answer["warnings"] == []
    assert answer["not_before"] == "2026-11-10T08:00:00+08:00"
    assert [each["pack"] for each in answer["packs"]] == ["cn"]
    assert len(answer["packs"][0]["sha256"]) == 64


FAULTS: dict[str, tuple[dict[str, Any], str]] = {
    "a key nobody knows": ({"mood": "kind"}, "mood: unknown key"),
    "no packs": ({"packs": []}, "packs: "),
    "no moment": ({"at": None}, "at: missing"),
    "a moment without an offset": ({"at": "2026-11-09T10:00:00"}, "at: "),
    "no zones at all": ({"zones": None}, "zones: missing"),
    "a zone there is not": ({"zones": ["Asia/Atlantis"]}, "zones: "),
    "an unknown channel": ({"channel": "fax"}, "channel: none of"),
    "an unknown recipient": ({"to": "friend"}, "to: none of"),
    "a word for an answer": ({"discloses_debt": "yes"}, "discloses_debt: "),
    "half a day late": ({"days_late": 1.5}, "days_late: "),
    "a number for an amount": ({"overdue": 1850.0}, "overdue: "),
    "an unknown fact": ({"facts": [{"kind": "mood", "at": CALL["at"]}]}, "facts[0].kind: "),
    "a fact without its moment": ({"facts": [{"kind": "hospital"}]}, "facts[0].at: missing"),
    "a key of another fact": (
        {"facts": [{"kind": "hospital", "at": CALL["at"], "weekdays": ["mon"]}]},
        "facts[0].weekdays: unknown key",
    ),
    "an agreement without end": (
        {"facts": [{"kind": "debtor_agreed", "at": CALL["at"], "from": CALL["at"]}]},
        "facts[0].until: missing",
    ),
    "a wish at no time": (
        {"facts": [{"kind": "inconvenient", "at": CALL["at"], "from": "25:00"}]},
        "facts[0].from: ",
    ),
    "a wish on no day": (
        {"facts": [{"kind": "inconvenient", "at": CALL["at"], "weekdays": []}]},
        "facts[0].weekdays: ",
    ),
    "a contact without an outcome": (
        {"history": [{"at": CALL["at"], "channel": "sms", "direction": "out"}]},
        "history[0].outcome: missing",
    ),
    "a visit with a pet": ({"visit": {"dog": True}}, "visit.dog: unknown key"),
    "minus one visitor": ({"visit": {"staff": -1}}, "visit.staff: "),
    "an approval by the cook": ({"visit": {"approvals": ["cook"]}}, "visit.approvals: "),
    "sixty-five debts": ({"debts": [f"L{n}" for n in range(65)]}, "debts: "),
}


@pytest.mark.parametrize(("changes", "said"), FAULTS.values(), ids=FAULTS.keys())
def test_a_request_that_is_wrong_names_its_key(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(BadRequest) as wrong:
        may.answer([asked(), asked(**changes)])
    assert str(wrong.value).startswith(said)
    assert wrong.value.index == 1


def test_a_wrong_batch_names_its_index_and_answers_nothing() -> None:
    found = run(json.dumps([asked(), asked(channel="fax")]))
    assert (found.returncode, found.stdout) == (2, "")
    assert found.stderr.startswith("evenhand may: [1] channel: none of")
    assert found.stderr.count("\n") == 1


STORIES: dict[str, tuple[dict[str, Any], set[str]]] = {
    "nothing speaks against a call": ({}, set()),
    "facts not known": ({"facts": None}, {"unknown.facts"}),
    "history not known": ({"history": None}, {"unknown.history"}),
    "a day before any rule": ({"at": "2001-05-01T10:00:00+08:00"}, {"unknown.law"}),
    "no text opted out of, but calls": (
        {"facts": [{"kind": "opt_out", "at": "2026-11-01T09:00:00+08:00", "channel": "call"}]},
        {"policy.wish.opt_out"},
    ),
    "texts opted out of, not calls": (
        {"facts": [{"kind": "opt_out", "at": "2026-11-01T09:00:00+08:00", "channel": "sms"}]},
        set(),
    ),
    "an opt-out taken back": (
        {
            "facts": [
                {
                    "kind": "opt_out",
                    "at": "2026-11-01T09:00:00+08:00",
                    "channel": "call",
                    "withdrawn_at": "2026-11-08T09:00:00+08:00",
                }
            ]
        },
        set(),
    ),
    "a dispute on another debt": (
        {"facts": [{"kind": "dispute_open", "at": "2026-11-01T09:00:00+08:00", "debts": ["L2"]}]},
        set(),
    ),
    "not on Mondays": (
        {
            "facts": [
                {"kind": "inconvenient", "at": "2026-11-01T09:00:00+08:00", "weekdays": ["mon"]}
            ]
        },
        {"policy.wish.inconvenient"},
    ),
    "a call to a workplace that forbids it": (
        {
            "place": "work",
            "facts": [{"kind": "workplace_forbids", "at": "2026-11-01T09:00:00+08:00"}],
        },
        {"policy.wish.workplace"},
    ),
    "the suit is out of time": (
        {"facts": [{"kind": "time_barred", "at": "2026-11-01T09:00:00+08:00"}]},
        {"cn.limitation"},
    ),
    "the lawyer herself": (
        {"to": "attorney", "facts": [{"kind": "represented", "at": "2026-11-01T09:00:00+08:00"}]},
        set(),
    ),
    "an agency nobody placed the debt with": ({"by": "agency"}, {"cn.outsource.notice"}),
    "everything at once": (
        {
            "at": "2026-11-09T23:00:00+08:00",
            "to": "colleague",
            "by": "agency",
            "message": {"names_institution": True},
            "facts": [{"kind": "complaint_open", "at": "2026-11-01T09:00:00+08:00"}],
        },
        {
            "cn.hours",
            "policy.hours",
            "cn.party.debtor_only",
            "cn.outsource.notice",
            "policy.pause.complaint",
        },
    ),
}


@pytest.mark.parametrize(("changes", "expected"), STORIES.values(), ids=STORIES.keys())
def test_every_rule_offended_is_named(changes: dict[str, Any], expected: set[str]) -> None:
    assert rules(told(changes)) == expected


def test_a_warning_leaves_the_contact_allowed() -> None:
    answer = told({"facts": [{"kind": "time_barred", "at": "2026-11-01T09:00:00+08:00"}]})
    assert answer["allowed"] is True
    assert [each["rule"] for each in answer["warnings"]] == ["cn.limitation"]


NIGHT_TEXT: dict[str, Any] = {
    "at": "2026-11-09T23:30:00+08:00",
    "channel": "sms",
    "facts": [
        {"kind": "complaint_open", "at": "2026-11-01T10:00:00+08:00"},
        {"kind": "opt_out", "at": "2026-11-01T10:00:00+08:00", "channel": "sms"},
    ],
    "history": [
        {"at": f"2026-11-09T{hour}:00:00+08:00", "channel": "sms", "direction": "out",
         "outcome": "sent", "to": "debtor", "address": "m-86-1", "by": "lender", "debts": ["L1"]}
        for hour in range(10, 20)
    ],
}  # fmt: skip


def test_a_one_time_code_passes_hours_pauses_and_frequency() -> None:
    assert told(NIGHT_TEXT | {"purpose": "security_code", "debts": []})["allowed"]


@pytest.mark.parametrize(
    "changes",
    [
        {"purpose": "collect"},
        {"purpose": "required_notice"},
        {"purpose": "security_code", "channel": "call"},
        {"purpose": "security_code", "channel": "email"},
        {"purpose": "security_code", "by": "agency"},
        {"purpose": "security_code", "to": "nominated_contact"},
        {"purpose": "security_code", "message": {}},
        {"purpose": "security_code", "facts": None},
        {"purpose": "security_code", "zones": []},
    ],
)
def test_nothing_else_passes_by_being_called_so(changes: dict[str, Any]) -> None:
    assert not told(NIGHT_TEXT | changes)["allowed"]
