"""Who says what happened, and who says otherwise: conflict reports as claims with their words."""
