"""The benchmarks: ``make bench``. Each area is a module here that registers its functions on import."""
