"""The error of a peer that cannot run here."""


class PeerAbsentError(Exception):
    """A peer, or what it needs, is not installed."""
