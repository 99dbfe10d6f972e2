"""From bytes to releases, and from a release's own words to what is known of it."""

from extractor.reading.formats import READERS, RawRelease, read, read_stream

__all__ = ["READERS", "RawRelease", "read", "read_stream"]
