"""The screens of staff on requests, one file for one matter."""
