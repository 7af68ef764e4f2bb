"""The box that an invitation lies in."""

import pytest

from standwith.sealing.errors import SealError
from standwith.supporters.invitation import Invitation, open_invitation, seal_invitation

INVITATION = Invitation("stand-with-examples", "ka", "amina@example.org", "L" * 32, "7R4QZ-0XK2M", "W" * 32)


def test_an_invitation_comes_out_as_it_went_in():
    assert open_invitation(seal_invitation(INVITATION, b"k" * 32), b"k" * 32) == INVITATION


def test_nothing_of_it_shows():
    assert b"amina" not in seal_invitation(INVITATION, b"k" * 32)


def test_another_key_does_not_open_it():
    with pytest.raises(SealError):
        open_invitation(seal_invitation(INVITATION, b"k" * 32), b"x" * 32)
