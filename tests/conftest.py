"""Hypothesis for all tests: machines are noisy, so no deadlines; in CI the same examples each time."""

import os

from hypothesis import settings

settings.register_profile("daybook", deadline=None, derandomize="CI" in os.environ, print_blob=True)
settings.load_profile("daybook")
