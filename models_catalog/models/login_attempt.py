"""Log-ins that were tried, so that nobody tries for long."""

from django.db import models


class LoginAttempt(models.Model):
    """One try to log in that has not succeeded: under which name, and from where."""

    username = models.CharField(max_length=150)
    address = models.CharField(max_length=45)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["username", "address", "at"], name="login_attempt_who_where")]

    def __str__(self) -> str:
        return f"{self.username} {self.at:%Y-%m-%d %H:%M}"
