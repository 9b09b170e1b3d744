"""The main job, walked by itself: what `make demo` does when nobody sits at the terminal."""
