"""Recent log-in attempts, for rate limiting."""

from django.db import models


class LoginAttempt(models.Model):
    """One attempt to log in that has not succeeded, as keyed hashes: neither name nor IP address is kept.

    `sender` is the name and the household together; `household`, `network` and `name` are hashed separately. A device
    that has logged in before is counted by itself: then only `device` is set, and the others are "".
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
