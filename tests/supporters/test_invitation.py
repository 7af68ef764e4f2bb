"""The box that an invitation lies in."""

import pytest

from standwith.sealing.errors import SealError
from standwith.supporters.invitation import Invitation, open_invitation, seal_invitation

CODE = "7R4QZ-0XK2M-9T3BC-W8E1N-5DGJKA"
OPEN = Invitation("stand-with-examples", "ka", "amina@example.org", "L" * 44, "7R4QZ-0XK2M", "W" * 32, CODE, "open")
GUARDED = Invitation("stand-with-examples", "ka", "amina@example.org", "L" * 44, "7R4QZ-0XK2M", "", "", "guarded")


@pytest.mark.parametrize("invitation", [OPEN, GUARDED])
def test_an_invitation_comes_out_as_it_went_in(invitation):
    assert open_invitation(seal_invitation(invitation, b"k" * 32), b"k" * 32) == invitation


def test_nothing_of_it_shows():
    assert b"amina" not in seal_invitation(OPEN, b"k" * 32)


def test_another_key_does_not_open_it():
    with pytest.raises(SealError):
        open_invitation(seal_invitation(OPEN, b"k" * 32), b"x" * 32)
