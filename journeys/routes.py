"""Which addresses are pages of borrowers or open to all: a walk is to come by every one of them."""

from collections.abc import Iterator

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, resolve, reverse

# The rooms whose pages the walk comes by, and where they keep those of staff.
ROOMS = (
    "evenhand.lifecycle.register", "evenhand.lifecycle.apply", "evenhand.lifecycle.decide",
    "evenhand.lifecycle.join", "evenhand.lifecycle.sign", "evenhand.lifecycle.disburse",
    "evenhand.lifecycle.repay", "evenhand.lifecycle.remind", "evenhand.site.front",
)  # fmt: skip
STAFF = "staff/"
# Acts without a page, parts of pages, files; and the page of a code, which is one for all purposes.
NO_PAGE = {
    "apply-quote", "auto-debit-stop", "be-sure-code", "borrower-sign-out", "certificate",
    "decision-review", "document", "join-leave", "join-recall", "leave", "me-check",
    "me-language", "me-number-code", "me-safe-now", "my-offline", "payout-account", "receipt",
    "register-begin", "service-worker", "sign-document", "surplus",
    "wish-back",
}  # fmt: skip
# Come by only as somebody invited or refused; told as stories of their stages.
OTHERS = {"join-confirm", "join-decline", "join-read", "register-refused"}
FIGURE = "outstanding"


def pages() -> set[str]:
    """The names of every page of borrowers and of those open to all."""
    return set(_theirs("", get_resolver().url_patterns)) - NO_PAGE - OTHERS


def name_of(path: str) -> str:
    """The name of the page at a path."""
    return str(resolve(path).url_name)


def address_of(name: str, loan: int) -> str:
    """Where the page of that name is for the holder of a loan."""
    for more in ({}, {"loan": loan}, {"loan": loan, "n": 1}, {"loan": loan, "figure": FIGURE}):
        try:
            return reverse(name, kwargs=more)
        except NoReverseMatch:
            continue
    raise AssertionError(f"what does {name} need?")


def _theirs(before: str, found: list[URLPattern | URLResolver]) -> Iterator[str]:
    for each in found:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _theirs(route, each.url_patterns)
        elif each.name and str(each.callback.__module__).startswith(ROOMS):
            yield from [] if route.startswith(STAFF) else [each.name]
