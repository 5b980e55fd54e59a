"""IMR Desk: correct, cite, check and write Independent Medical Review determination letters."""

__version__ = "0.2.0"
