"""Groups, workplaces' hours, what ties people, their weeks as planned, and who came."""
