"""`python -m standwith` is the command `standwith`."""

from standwith.cli import main

if __name__ == "__main__":
    main()
