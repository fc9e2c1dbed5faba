"""The Django app of invitations."""

from django.apps import AppConfig


class JoinConfig(AppConfig):
    """Owns `join_invitation` and the pages' templates."""

    name = "evenhand.lifecycle.join"
    label = "join"
