"""What follows a reply, and what stands beside it: reconsideration, litigation, complaints.

Reconsideration and litigation (art. 51) have their own clocks and end in a column of table
four; an order to reply again opens a new clock on the request.  The correction of one's own
records (art. 41) is a procedure of its own and counted nowhere; complaints and reports
(arts. 47, 51) are handled by the agency that received them.
"""
