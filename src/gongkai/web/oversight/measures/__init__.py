"""What the law asks of an agency beside publishing: people, rules, training, accountability, appraisal."""
