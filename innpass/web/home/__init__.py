"""Where one lands, and signs in to the demo."""
