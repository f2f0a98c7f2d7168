"""Rows from Parquet files, where pyarrow is there."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from postmortem.measure.rows import LARGEST, MOST_ROWS, BadFile, BadRow, Local, NoParquet, shown, too_many

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postmortem.measure.rows import Row

_UNITS = {"s": (1_000_000, 1), "ms": (1_000, 1), "us": (1, 1), "ns": (1, 1_000)}
_MOST_UNPACKED = 512 << 20
_SERIES_COLUMNS = "a series has a column `time` of timestamps and a column `value` of numbers"


def parquet_rows(data: bytes) -> Iterator[Row | BadRow]:
    """Yield the rows, numbered from 1: a timestamp with a zone is an instant, one without a local time.

    What is finer than a microsecond is cut off downwards.
    `NoParquet` without pyarrow, `BadFile` where nothing can be used.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet as pq
    except ImportError:
        raise NoParquet from None
    try:
        file = pq.ParquetFile(pa.BufferReader(data))
        step, cut, instant = _time_type(file.schema_arrow, pa)
        _refuse_large(file.metadata)
        yield from _read(file, step, cut, instant)
    except (pa.ArrowException, OSError, ValueError, OverflowError, MemoryError):
        raise BadFile("is no Parquet file that can be read") from None


def _time_type(schema: Any, pa: Any) -> tuple[int, int, bool]:
    """Return how a time counts: times ``step``, over ``cut``, and whether it has a zone."""
    for name in ("time", "value"):
        if schema.names.count(name) != 1:
            raise BadFile(f"has no column `{name}`, or several", _SERIES_COLUMNS)
    time, value = schema.field("time").type, schema.field("value").type
    if not pa.types.is_timestamp(time):
        raise BadFile(f"has a column `time` of type {shown(str(time))}", _SERIES_COLUMNS)
    if not (pa.types.is_integer(value) or pa.types.is_floating(value) or pa.types.is_decimal(value)):
        raise BadFile(f"has a column `value` of type {shown(str(value))}", _SERIES_COLUMNS)
    return (*_UNITS[time.unit], time.tz is not None)


def _refuse_large(metadata: Any) -> None:
    if metadata.num_rows > MOST_ROWS:
        raise too_many()
    # The sizes of single columns are not asked for: on a broken file that ends the whole process.
    groups = map(metadata.row_group, range(metadata.num_row_groups))
    unpacked = sum(group.total_byte_size for group in groups)
    if unpacked > _MOST_UNPACKED:
        raise BadFile("unpacks to more than a series may hold")


def _read(file: Any, step: int, cut: int, instant: bool) -> Iterator[Row | BadRow]:
    number = 0
    for batch in file.iter_batches(batch_size=65_536, columns=["time", "value"], use_threads=False):
        times = batch.column("time").cast("int64").to_pylist()
        for time, value in zip(times, batch.column("value").to_pylist(), strict=True):
            number += 1
            if number > MOST_ROWS:
                raise too_many()
            if time is None:
                yield BadRow(number, "time", "is empty")
            elif value is None:
                yield BadRow(number, "value", "is empty")
            else:
                figure = _number(value)
                if figure is None:
                    yield BadRow(number, "value", f"is {shown(str(value))}, which is no finite number")
                else:
                    size = time * step // cut
                    yield number, size if instant else Local(size), figure


def _number(value: Any) -> int | float | None:
    """Return a finite number of a sane size, whole where it is."""
    if isinstance(value, int):
        return value
    if not isinstance(value, float):  # a decimal
        if not value.is_finite():
            return None
        if value == value.to_integral_value() and abs(value) < LARGEST:
            return int(value)
        value = float(value)
    if not math.isfinite(value) or abs(value) > LARGEST:
        return None
    return int(value) if value.is_integer() and abs(value) < 2**53 else value
