"""Reports: `build` says what all of them show, one module a format says how."""
