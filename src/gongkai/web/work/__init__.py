"""What the platform does by itself, in a process beside the web server.

Each second: bake what changed, publish what is due.  Each day: what changes with the date,
and what need not be kept any longer.  ``loop`` does it all, ``duties`` lists it on one
screen; tasks that people start (checks of drafts, imports) run in a process of their own,
which ``task_runner`` keeps.
"""
