package dev.milepost.peer;

import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;

/** One decoded event. `body` is its Avro form as it came, from `bodyOffset` on. */
record Event(
    Utf8 id,
    Utf8 source,
    Utf8 type,
    Utf8 account,
    long occurredAt,
    String outcome,
    Utf8 user,
    Utf8 productLine,
    GenericRecord context,
    Map<Utf8, Object> properties,
    byte[] body,
    int bodyOffset) {}
