"""Outlets: where letters leave, one file each; outlet.py says what one must do. To add one, copy a neighbour."""
