"""The forms of staff on requests, one file for one matter."""
