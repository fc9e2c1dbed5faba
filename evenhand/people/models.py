"""The staff roll. Persons have no model: their tables are read by named SQL."""

from django.conf import settings
from django.db import models


class Staff(models.Model):
    """A staff member: a sign-in with a role and an employee number."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    number = models.CharField(max_length=20, unique=True)
    role = models.CharField(max_length=20)
    lang = models.CharField(max_length=10)

    class Meta:
        db_table = "people_staff"

    def __str__(self) -> str:
        return self.number
