"""Acts of an assessment, in their order: tables, begin, self-score, review, objection, final."""
