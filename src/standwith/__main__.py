"""`python -m standwith` is the command `standwith`."""

from standwith.cli import main

main()
