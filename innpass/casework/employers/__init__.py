"""The municipality's map of employers: areas, units, firms, contacts and practice places."""
