"""What holds for all tests."""

from hypothesis import settings

# A busy machine is no fault of what is tested.
settings.register_profile("heichan", deadline=None)
settings.load_profile("heichan")
