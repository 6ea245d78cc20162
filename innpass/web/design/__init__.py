"""What the screens share: the look, the components, the icons."""
