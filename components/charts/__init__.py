"""The charts, one file each. The contract is in `chart`."""
