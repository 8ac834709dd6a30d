"""Acts of the registers of measures and of public appraisal, one function each."""
