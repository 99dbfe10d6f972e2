"""Tests; `conftest.py` holds what many of them use."""
