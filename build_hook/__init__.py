"""What the package build does beyond copying files; in the sdist, never in the wheel."""
