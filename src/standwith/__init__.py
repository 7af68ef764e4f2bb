"""standwith: the campaign server for solidarity across borders."""

__version__ = "0.1.0"
