"""How numbers and times are written where Django writes them by itself."""
