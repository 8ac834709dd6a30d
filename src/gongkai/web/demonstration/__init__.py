"""青禾区, the invented region: every screen of a fresh installation has something to show.

``region/`` holds the data (its README says how they are written), the modules beside it load
them once, before anybody works here.
"""
