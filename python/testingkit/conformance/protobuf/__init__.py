"""Protobuf: schemas, text format, wire format and field paths."""
