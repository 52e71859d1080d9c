"""Log-ins that were tried, so that nobody tries for long."""

from django.db import models


class LoginAttempt(models.Model):
    """One try to log in that has not succeeded, by keyed hashes: neither name nor address is kept.

    `sender` is the name and the household together; `household`, `network` and `name` are each alone. A device that has
    logged in before is counted for itself: then `device` is set, and all others are "".
    """

    sender = models.CharField(max_length=64, blank=True)
    household = models.CharField(max_length=64, blank=True, db_default="")
    network = models.CharField(max_length=64, blank=True, db_default="")
    name = models.CharField(max_length=64, blank=True, db_default="")
    device = models.CharField(max_length=64, blank=True, db_default="")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at"]
        indexes = [
            models.Index(fields=["sender", "at"], name="login_attempt_of_sender"),
            models.Index(fields=["household", "at"], name="login_attempt_of_household"),
            models.Index(fields=["network", "at"], name="login_attempt_of_network"),
            models.Index(fields=["name", "at"], name="login_attempt_of_name"),
            models.Index(fields=["device", "at"], name="login_attempt_of_device"),
            models.Index(fields=["at"], name="login_attempt_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
