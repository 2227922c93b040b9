"""What holds for all tests."""

from __future__ import annotations

from tests import hypothesis_profile

hypothesis_profile.load()
