"""What holds for all tests.

Machines are shared and slow at times, so no invented example has a time limit. The browser's driver leaves an event
loop in the thread of a test process, and Django would refuse its tables to every test that comes after it.
"""

import os

from hypothesis import HealthCheck, settings

settings.register_profile("shared machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared machine")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Long texts, such as keys drawn anew in each process, are told by their place: the workers must agree on names."""
    return argname if isinstance(val, str | bytes) and len(val) > 40 else None
