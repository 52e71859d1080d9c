"""Reports that were sent of late, so that nobody sends many."""

from django.db import models


class ReportTry(models.Model):
    """One report of the last hour, and by whom, as a keyed hash of the address: the address itself is kept nowhere."""

    sender = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["sender", "at"], name="report_try_of_sender")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
