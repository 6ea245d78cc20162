"""Campaigns, meetings and what was said with employers."""
