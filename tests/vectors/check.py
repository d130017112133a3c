"""Checks the golden vectors by the schema files alone: an outside program, with nothing of the project imported.

    python tests/vectors/check.py [SCHEMAS_FOLDER] [VECTORS_FILE]

Exit code 1 and a line for each vector that does not hold. Needs fastavro.
"""

import datetime
import decimal
import hashlib
import io
import json
import struct
import sys
from pathlib import Path

from fastavro import parse_schema, schemaless_reader, schemaless_writer
from fastavro.schema import to_parsing_canonical_form

HERE = Path(__file__).resolve().parent


def fingerprint(schema):
    """CRC-64-AVRO of the parsing canonical form (Avro 1.12, "Schema Fingerprints")."""
    empty = 0xC15D213AA4D7A795
    table = []
    for n in range(256):
        for _ in range(8):
            n = (n >> 1) ^ (empty if n & 1 else 0)
        table.append(n)
    crc = empty
    for byte in to_parsing_canonical_form(schema).encode():
        crc = (crc >> 8) ^ table[(crc ^ byte) & 0xFF]
    return struct.pack("<Q", crc)


def murmur2(data):
    """org.apache.kafka.common.utils.Utils.murmur2."""
    mask, m = 0xFFFFFFFF, 0x5BD1E995
    h = (0x9747B28C ^ len(data)) & mask
    for i in range(0, len(data) - len(data) % 4, 4):
        k = struct.unpack_from("<I", data, i)[0] * m & mask
        h = (h * m & mask) ^ ((k ^ k >> 24) * m & mask)
    rest = data[len(data) - len(data) % 4 :]
    for i, byte in reversed(list(enumerate(rest))):
        h ^= byte << 8 * i
    if rest:
        h = h * m & mask
    h = (h ^ h >> 13) * m & mask
    return h ^ h >> 15


def schemas(folder):
    """Every schema by fingerprint, with Meta put in place of its name."""
    meta = json.loads((folder / "Meta.avsc").read_text("utf-8"))
    found = {}
    for path in sorted(folder.glob("*/*.avsc")):
        source = json.loads(path.read_text("utf-8"))
        source["fields"][0]["type"] = meta
        found[fingerprint(source)] = parse_schema(source)
    return found


def plain(value):
    """A decoded value as the vectors write it in JSON."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, datetime.date | decimal.Decimal):
        return str(value)
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, list) else value


def faults(vector, known, previous):
    """What does not hold of one vector; `previous` is the hash of its predecessor in the stream."""
    value = bytes.fromhex(vector["value"])
    schema = known.get(value[2:10])
    if value[:2] != b"\xc3\x01" or schema is None:
        yield "no schema has its fingerprint"
        return
    body = io.BytesIO(value)
    body.seek(10)
    event = schemaless_reader(body, schema, None)
    if body.tell() != len(value):
        yield "bytes follow the body"
    again = io.BytesIO()
    schemaless_writer(again, schema, event)
    if value[10:] != again.getvalue():
        yield "encoding the decoded event gives other bytes"
    if plain(event) != vector["event"]:
        yield f"the event is {plain(event)}"
    if schema["name"] != vector["name"]:
        yield f"the schema is {schema['name']}"
    if value[10:42] != previous:
        yield "prev is not the hash of the event before it"
    if hashlib.sha256(value).hexdigest() != vector["hash"]:
        yield "the hash is another"
    if (murmur2(vector["stream"].encode()) & 0x7FFFFFFF) % 6 != vector["partition"]:
        yield "the partition is another"


def main(folder, file):
    known, heads, bad = schemas(folder), {}, 0
    vectors = json.loads(file.read_text("utf-8"))
    for n, vector in enumerate(vectors):
        for fault in faults(vector, known, heads.get(vector["stream"], bytes(32))):
            print(f"vector {n} ({vector['stream']}): {fault}")
            bad += 1
        heads[vector["stream"]] = bytes.fromhex(vector["hash"])
    print(f"{len(vectors)} vectors, {bad} faults")
    return 1 if bad else 0


if __name__ == "__main__":
    given = [Path(argument) for argument in sys.argv[1:]]
    where = given[0] if given else HERE.parent.parent / "schemas" / "avro"
    sys.exit(main(where, given[1] if len(given) > 1 else HERE / "vectors.json"))
