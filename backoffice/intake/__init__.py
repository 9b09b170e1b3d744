"""Taking in what terminals deliver: each record once, in its chain, for ever."""
