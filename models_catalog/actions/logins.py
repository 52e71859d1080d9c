"""Holding up who guesses passwords: five tries in a quarter of an hour for one name from one address."""

from datetime import timedelta
from unicodedata import normalize

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import salted_hmac

from models_catalog.actions.report_limits import household
from models_catalog.models import LoginAttempt

TRIES = 5
PERIOD = timedelta(minutes=15)
MAX_NAME_CHARS = 1_000
"""More of a name is not looked at: no user has so long a one."""


def seconds_to_wait(*, username: str, address: str) -> int:
    """Note a try; 0 if it may go on, else how long to wait. Noted before it is judged, so that a burst counts too."""
    now, sender = timezone.now(), hashed(username, address)
    LoginAttempt.objects.filter(at__lt=now - PERIOD).delete()
    LoginAttempt.objects.create(sender=sender)
    recent = LoginAttempt.objects.filter(sender=sender).order_by("-at")
    times = list(recent.values_list("at", flat=True)[: TRIES + 1])
    if len(times) <= TRIES:
        return 0
    return max(1, int((times[-1] + PERIOD - now).total_seconds()) + 1)


def forget_tries(*, username: str, address: str) -> None:
    """After a log-in that succeeded."""
    LoginAttempt.objects.filter(sender=hashed(username, address)).delete()


def hashed(username: str, address: str) -> str:
    """A name for who tries that tells nobody the user or the address, not even by trying all, without the site's key."""
    words = f"{counted_name(username)}\0{household(address)}"
    return salted_hmac("login", words, algorithm="sha256").hexdigest()


def counted_name(username: str) -> str:
    """One name for all ways to write the name of one user: the log-in form strips and normalises what is typed."""
    return normalize("NFKC", username.strip()[:MAX_NAME_CHARS]).strip().casefold()


def end_sessions(*, user: User) -> None:
    """Log `user` out everywhere, for good: a session that was merely refused would open again with the account."""
    for session in Session.objects.iterator():  # only staff have any
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()
