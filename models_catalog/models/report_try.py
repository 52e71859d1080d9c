"""Recently sent reports, for rate limiting."""

from django.db import models


class ReportTry(models.Model):
    """One report of the last hour, with keyed hashes of the sender's IP address and network instead of these."""

    sender = models.CharField(max_length=64)
    network = models.CharField(max_length=64, db_default="")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at"]
        indexes = [
            models.Index(fields=["sender", "at"], name="report_try_of_sender"),
            models.Index(fields=["network", "at"], name="report_try_of_network"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
