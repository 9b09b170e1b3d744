"""What holds for every test: none is timed, as a loaded machine is no fault of the product, and
examples are the same each time, so that a red run means a change. EXPLORE=1 goes looking for more.
"""

import os

from hypothesis import settings

settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("exploring", deadline=None, max_examples=1500)
settings.load_profile("exploring" if "EXPLORE" in os.environ else "same")
