// What the desk does better with JavaScript; everything works without it.
