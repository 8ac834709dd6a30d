"""Gongkai 公开: the open platform for open government information work."""
