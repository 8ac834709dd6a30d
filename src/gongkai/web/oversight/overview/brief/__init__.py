"""A brief: ``figures`` are counted, ``writing`` makes words of them, ``paper`` prints them."""
