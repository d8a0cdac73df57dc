package io.ppio.crypto.message;

import java.util.Optional;

/// What there is to say about one field.
///
/// @param number on the wire
/// @param type how it is encoded
/// @param unit of a number; empty if it has none
/// @param limit what a decoder refuses to go beyond
/// @param absent what it means that the field is missing
/// @param part the codec of its fields, if it is a record with fields
public record FieldNote(
    int number,
    String name,
    String type,
    String unit,
    String limit,
    String absent,
    Optional<RecordCodec<?>> part) {}
