"""Two tables that need each other: both rows are there when the transaction ends, or none is."""

from __future__ import annotations

import psycopg
import pytest

from .conftest import one

pytestmark = pytest.mark.live

PARCEL = "11111111-1111-4111-8111-111111111111"
LABEL = "22222222-2222-4222-8222-222222222222"


def test_both_are_written_by_one_transaction(url: str) -> None:
    with psycopg.connect(url) as connection:
        parcel = "insert into parcels (id, first_label_id) values (%s, %s)"
        connection.execute(parcel, [PARCEL, LABEL])
        label = "insert into labels (id, parcel_id, address) values (%s, %s, 'Here')"
        connection.execute(label, [LABEL, PARCEL])
        connection.commit()
        connection.execute("delete from parcels")
        connection.commit()
        assert one(connection, "select count(*) from labels") == 0


def test_one_alone_does_not_last(url: str) -> None:
    with psycopg.connect(url) as connection:
        parcel = "insert into parcels (id, first_label_id) values (%s, %s)"
        connection.execute(parcel, [PARCEL, LABEL])
        with pytest.raises(psycopg.errors.ForeignKeyViolation, match="parcels_first_label_id_fkey"):
            connection.commit()
        connection.rollback()
        assert one(connection, "select count(*) from parcels") == 0
