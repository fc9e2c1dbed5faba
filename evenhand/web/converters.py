"""What stands for a thing in an address: numbers only, never anything about a person.

Importing this module registers `number` for `path("…/<number:loan>/", …)`.
"""

from django.urls import register_converter


class Number:
    """A number that fits a column: what is longer is nobody's, and no such page."""

    regex = r"[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(Number, "number")
