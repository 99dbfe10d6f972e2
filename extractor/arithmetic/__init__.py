"""What stated numbers imply together, and where they contradict each other.

``moves`` ``gaps`` ``shares`` ``sums`` find numbers that an equation ties together. Where one of
an equation's three is not stated, ``derive`` writes a record of it; where all are, ``contradict``
compares them. To add a family: a module that yields bindings, and a line in ``derive.WANTED``.
"""
