"""Visits in two voices until somebody is hired, job seeking, attests and contracts."""
