"""What leaves Innpass: the canonical form, and a sheet the municipality can go on using."""
