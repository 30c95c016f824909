"""Plots of a recording as a CSV table, by DuckDB: RECORDING OUT. What readers of ASTERIX are compared with,
since they live where DuckDB does not."""

import sys

import duckdb

COLUMNS = "radar, measured_ns, azimuth_rad, elevation_rad, range_m, reply, coalesce(origin, '') as origin"
query = f"select {COLUMNS} from '{sys.argv[1]}/plots.parquet' order by id"
duckdb.sql(query).write_csv(sys.argv[2])
print(f"DuckDB: {duckdb.sql(query).shape[0]} plots for the readers of ASTERIX")
