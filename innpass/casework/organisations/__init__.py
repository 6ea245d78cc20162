"""Municipality (tenant), its three bodies, units, memberships and roles."""
