"""Reports that were sent of late, so that nobody sends many."""

from django.db import models


class ReportTry(models.Model):
    """One report of the last hour, and by whom, as keyed hashes of the address and its network: neither is kept."""

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
