"""What can go wrong with the embedded server."""


class ServerError(Exception):
    """Why there is no server: one sentence for a person, with what to do about it."""
