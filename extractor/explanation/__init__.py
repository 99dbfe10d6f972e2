"""Why a release was read as it was: the derivation of its records, from the run that made them."""
