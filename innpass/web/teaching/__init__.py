"""What weeks are planned of, on screen: groups, workplaces, places, and what ties a participant."""
