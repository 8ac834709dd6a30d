"""The screens of annual reports."""
