"""What holds for every test: none is timed, as a loaded machine is no fault of the product."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
