package org.labharness.autograder.backup;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;

/** Reads times as they are written by {@link Instant#toString}. */
final class Times extends StdDeserializer<Instant> {
    private static final long serialVersionUID = 1;

    Times() {
        super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
        try {
            return Instant.parse(json.getText());
        } catch (DateTimeException e) {
            return (Instant) context.handleWeirdStringValue(Instant.class, json.getText(), "no time in UTC");
        }
    }
}
