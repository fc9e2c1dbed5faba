"""How the bank's word reaches us: one path for what is posted and what the simulated bank says."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from evenhand.outbound.payments import told
from evenhand.outbound.payments.told import Heard
from evenhand.providers.bank import registry, simulator
from evenhand.providers.bank.message import Bank, CallsBack
from evenhand.providers.bank.simulator import Simulator


def receive(operator: Bank, now: int, headers: Mapping[str, str], body: bytes) -> Heard:
    """Write what a signed post of this bank tells at `now`; ValueError where nothing proves it."""
    assert isinstance(operator, CallsBack), "this bank does not call back"
    return told.hear(operator.callbacks(headers, body, now), now, operator.name)


def hear_simulated(now: int, operator: Bank | None = None) -> int:
    """Let the simulated bank tell what it has to tell; nothing where another bank is at work."""
    ours = operator or registry.bank()
    if not isinstance(ours, Simulator) or not simulator.waiting():
        return 0
    return Simulator(partial(receive, ours, now)).call_back(now)
