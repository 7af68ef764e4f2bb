"""Sealing: what people entrust to us, locked so that the server itself cannot read it back."""
