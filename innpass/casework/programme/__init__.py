"""Enrolment, hours, leave and the statutory status of every week."""
