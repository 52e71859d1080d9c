"""Errors of the embedded server."""


class ServerError(Exception):
    """The server cannot run; the message says why and what to do, in one sentence."""
