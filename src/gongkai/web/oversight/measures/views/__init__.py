"""Screens of the registers of measures and of public appraisal."""
