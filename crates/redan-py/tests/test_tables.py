"""Tables are taken by other libraries as they are."""

import duckdb
import polars
import pyarrow as pa
import pytest
import redan

TABLES = ["events", "truth", "looks", "plots", "tracks", "missiles", "engagements"]


@pytest.mark.parametrize("name", TABLES)
def test_every_table_has_rows_for_everybody(recording: redan.Recording, name: str) -> None:
    rows = recording.table(name)
    assert len(rows) > 0
    assert pa.table(rows).num_rows == len(rows)
    assert polars.DataFrame(rows).height == len(rows)
    assert len(rows.to_pandas()) == len(rows)
    assert duckdb.sql("SELECT count(*) FROM rows").fetchall() == [(len(rows),)]
    assert pa.table(rows).column_names == rows.column_names


def test_tables_agree_with_the_files(recording: redan.Recording, tmp_path) -> None:
    recording.write(tmp_path / "run")
    for name in TABLES:
        stored = duckdb.sql(f"SELECT * FROM '{tmp_path}/run/{name}.parquet'").to_arrow_table()
        assert stored.equals(pa.table(recording.table(name)).cast(stored.schema)), name


def test_buffers_are_shared_and_outlive_the_table(recording: redan.Recording) -> None:
    table = recording.table("looks")
    first, second = pa.table(table), pa.table(table)
    address = [t["range_m"].chunk(0).buffers()[1].address for t in (first, second)]
    assert address[0] == address[1], "the column was copied"
    del table, second
    assert first["range_m"].to_pylist()[0] > 0


def test_an_unknown_table_is_named(recording: redan.Recording) -> None:
    with pytest.raises(redan.InputError) as caught:
        recording.table("secrets")
    assert caught.value.hint is not None and "engagements" in caught.value.hint
