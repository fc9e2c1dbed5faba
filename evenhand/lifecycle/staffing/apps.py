"""The staffing room as a Django app: it has templates."""

from django.apps import AppConfig


class StaffingConfig(AppConfig):
    """The staff roll."""

    name = "evenhand.lifecycle.staffing"
    label = "staffing"
