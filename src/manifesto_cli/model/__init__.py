"""The domain as frozen values: what people write, one kind of record a file, each field with its sentence.

Decoding, the JSON Schema, the field reference and every "did you mean" are derived from these lines.
"""
