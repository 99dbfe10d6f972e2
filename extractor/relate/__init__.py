"""From marks to observations: what each figure measures, of when, where and whom."""
