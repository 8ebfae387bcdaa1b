"""The rules of the registers as pure functions: values in, values out; no tables, no clock."""
