"""What holds for all tests.

Machines are shared and slow at times, so no invented example has a time limit. The browser's driver leaves an event
loop in the thread of a test process: Django would refuse its tables there, and nobody could start another loop. So the
stories come last.
"""

import os

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("shared machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared machine")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Long texts, such as keys drawn anew in each process, are told by their place: the workers must agree on names."""
    return argname if isinstance(val, str | bytes) and len(val) > 40 else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The stories behind everything else."""
    items.sort(key=lambda item: "/stories/" in item.path.as_posix())
