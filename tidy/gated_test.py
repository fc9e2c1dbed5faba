"""No word, coin or look-up leaves the house past the gate."""

import pytest

from tidy import gated
from tidy.house import Source, none, python

PAGE = "evenhand/lifecycle/x/pages.py"


def test_nothing_leaves_past_the_gate() -> None:
    none([line for one in python() for line in gated.findings(one)])


def test_who_is_listed_does_so_still() -> None:
    """A list that names more than there is would let the next one in."""
    texts = {one.path: one.text for one in python()}
    assert all(f"def {function}(" in texts[path] for path, function in gated.HANDS_OVER)
    for kind, files in gated.DRAFTS.items():
        assert all(kind in texts[path] for path in files)


@pytest.mark.parametrize(
    "seed",
    [
        "def f(provider, m):\n    provider.send([m])",
        "from evenhand.providers.sms import registry\nregistry.provider().send([])",
        "from evenhand.providers.sms.simulator import Simulator\nSimulator().send([])",
        "from evenhand.outbound.contact import send\nsend.registry.provider().send([])",
        "def f(provider):\n    hand = provider.send\n    return hand",
        "def f(provider):\n    return getattr(provider, 'send')",
        "def f(dialler):\n    dialler.dial('1')",
        "def f(person, Draft):\n    return Draft('contact.leaving', 1, 'staff:1')",
        "from evenhand.ledger import facts\nx = facts.Draft(kind='contact.intended')",
        "import smtplib",
        "from django.core.mail import send_mail",
        "from django.core import mail",
        "from urllib import request",
        "import http.client as web",
        "def f():\n    import socket",
    ],
)
@pytest.mark.parametrize(
    "path",
    [
        PAGE,
        "evenhand/site/demo.py",
        "evenhand/site/commands/may.py",
        "evenhand/console/file.py",
        "evenhand/dayclose/close.py",
        "evenhand/outbound/contact/heard.py",
        "evenhand/people/persons.py",
    ],
)
def test_a_way_past_it_is_seen(path: str, seed: str) -> None:
    assert gated.findings(Source(path, seed))


@pytest.mark.parametrize(
    "seed",
    [
        "from evenhand.lifecycle.register import codes\ncodes.send(1, 2, 3)",
        "from urllib.parse import quote",
        "x = [f for f in facts if f.kind == 'contact.leaving']",
    ],
)
def test_what_is_none(seed: str) -> None:
    assert gated.findings(Source(PAGE, seed)) == []


def test_a_test_and_a_provider_may() -> None:
    for path in ("evenhand/providers/sms/kannel.py", "evenhand/site/x_test.py"):
        assert gated.findings(Source(path, "import http.client\nhttp.client.x.send(1)")) == []
