"""A derivation: the tree of rule applications by which a derivative comes about."""
