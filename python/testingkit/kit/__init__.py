"""Generated code of the kits' services, one version a package."""
