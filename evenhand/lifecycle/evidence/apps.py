"""The stage of evidence as a Django app: it has templates."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """What a borrower may take to a lawyer."""

    name = "evenhand.lifecycle.evidence"
    label = "evidence"
