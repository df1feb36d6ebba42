"""How fast Covet is beside its peers, measured in the same run on the same machine."""
