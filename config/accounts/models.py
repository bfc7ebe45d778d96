"""What is remembered of those who sign in. Names and addresses are kept as digests alone.

A digest depends on SECRET_KEY: with another one all are forgotten, and nothing else happens.
"""

from django.contrib.auth.models import User
from django.db import models
from django.utils.crypto import salted_hmac


def digest(text: str) -> str:
    return salted_hmac("config.accounts", text, algorithm="sha256").hexdigest()[:32]


class Attempt(models.Model):
    """A password or a code that was wrong, or is being looked at."""

    class Step(models.TextChoices):
        PASSWORD = "password"  # noqa: S105
        CODE = "code"

    step = models.CharField(max_length=8, choices=Step)
    account = models.CharField(max_length=32)
    address = models.CharField(max_length=32)
    made_at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index("account", "made_at", name="attempt_of_account"),
            models.Index("address", "made_at", name="attempt_from_address"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(step__in=["password", "code"]), name="attempt_step_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} at {self.made_at:%H:%M:%S}"


class KnownAddress(models.Model):
    """An address from which somebody has signed in to an account."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="known_addresses")
    address = models.CharField(max_length=32)
    last_used_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["user", "address"], name="known_address_is_one"),
        ]

    def __str__(self) -> str:
        return f"{self.user}, last {self.last_used_at:%Y-%m-%d}"
