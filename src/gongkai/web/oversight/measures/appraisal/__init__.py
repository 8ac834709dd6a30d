"""Public appraisal (社会评议) as the public sees it: the questionnaire, the published result."""
