"""What a run has read is not written over, whatever name leads to it; outside a run nothing is remembered."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from postmortem.ground import readings
from postmortem.ground.files import IsInput, create_whole, read_capped, write_whole


@pytest.fixture(autouse=True)
def no_run(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(readings, "_seen", None)
    yield


def test_nothing_is_remembered_outside_a_run(tmp_path: Path) -> None:
    path = tmp_path / "log.yaml"
    path.write_bytes(b"old")
    assert not readings.was_read(path.stat())
    read_capped(path, 9)
    assert not readings.was_read(path.stat())
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"


def test_what_a_run_has_read_is_kept_under_all_its_names(tmp_path: Path) -> None:
    path = tmp_path / "log.yaml"
    path.write_bytes(b"old")
    (tmp_path / "link").symlink_to("log.yaml")
    os.link(path, tmp_path / "twin")
    readings.begin()
    assert not readings.was_read(path.stat())
    assert read_capped(path, 9) == b"old"
    assert readings.was_read(path.stat())
    for name in ("log.yaml", "link", "twin"):
        with pytest.raises(IsInput) as raised:
            write_whole(tmp_path / name, b"new")
        assert raised.value.filename == os.path.realpath(tmp_path / name)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["link", "log.yaml", "twin"]
    assert path.read_bytes() == b"old"


def test_other_files_are_written_all_the_same(tmp_path: Path) -> None:
    path, other = tmp_path / "log.yaml", tmp_path / "other.yaml"
    path.write_bytes(b"old")
    other.write_bytes(b"old")
    readings.begin()
    read_capped(path, 9)
    write_whole(other, b"new")
    create_whole(tmp_path / "third", b"new")
    write_whole(tmp_path / "fourth", b"new")
    assert other.read_bytes() == b"new"
    seen = other.stat()
    readings.remember(os.stat_result((seen.st_mode, 1, seen.st_dev, *seen[3:])))
    readings.remember(os.stat_result((seen.st_mode, seen.st_ino, 1, *seen[3:])))
    assert not readings.was_read(seen), "device and number both say which file it is"


def test_a_file_that_names_its_old_content_may_be_replaced_by_the_run_that_read_it(tmp_path: Path) -> None:
    path = tmp_path / "log.yaml"
    path.write_bytes(b"old")
    readings.begin()
    write_whole(path, b"new", instead_of=read_capped(path, 9))
    assert path.read_bytes() == b"new"


def test_a_new_run_forgets_what_was_read_before(tmp_path: Path) -> None:
    path = tmp_path / "log.yaml"
    path.write_bytes(b"old")
    readings.begin()
    read_capped(path, 9)
    readings.begin()
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
