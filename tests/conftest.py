"""Tests are of the sources, whatever was compiled. Hypothesis: machines are noisy, so no deadlines; in CI the same
examples each time."""

import os

from hypothesis import settings

os.environ.setdefault("DAYBOOK_COMPILED", "no")  # before anything of streams is imported; `yes` tests the other form
settings.register_profile("daybook", deadline=None, derandomize="CI" in os.environ, print_blob=True)
settings.load_profile("daybook")
