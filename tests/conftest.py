"""What holds for every test: none of them is a matter of time, however busy the machine is."""

from hypothesis import settings

settings.register_profile("whatever the load", deadline=None)
settings.load_profile("whatever the load")
