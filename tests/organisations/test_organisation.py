from standwith.organisations import SCOPES, Organisation


def test_an_organisation_does_not_endorse_unless_it_says_so():
    assert Organisation(name="Example Union", scope=SCOPES[0]).endorses is False
