"""Services: no Qt here. Plain values go in, plain values come out."""
