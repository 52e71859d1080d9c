"""Log-ins that were tried, so that nobody tries for long."""

from django.db import models


class LoginAttempt(models.Model):
    """One try to log in that has not succeeded, by a keyed hash of the name and the address together: neither is kept."""

    sender = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["sender", "at"], name="login_attempt_of_sender")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
