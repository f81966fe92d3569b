"""What the toolchain is made of, as plain data: npm versions, their lock file, bootstrap SQL."""
