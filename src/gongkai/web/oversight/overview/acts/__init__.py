"""Acts of overview: a brief is started, written, kept, used for the public."""
