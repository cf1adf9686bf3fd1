"""The table of wrong answers: every slip at every place as values at generic points, found again by look-up."""
