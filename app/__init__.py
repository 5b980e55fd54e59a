"""IMR Desk: correct, cite, check and write Independent Medical Review determination letters."""
