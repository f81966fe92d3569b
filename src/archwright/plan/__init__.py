"""Orders features and cuts the build into phases."""
