"""The end of day's addresses."""

from datetime import date

from django.urls import path, register_converter

from evenhand.dayclose import pages


class Day:
    """A day as 2026-09-30."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()


register_converter(Day, "day")

urlpatterns = [
    path("closes/", pages.closes, name="closes"),
    path("closes/<day:day>/", pages.close, name="close"),
]
