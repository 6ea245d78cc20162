"""The week on screen: a person's, a group's, a workplace's and everybody's."""
