package org.labharness.autograder.sheet;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import org.labharness.autograder.page.HiddenLetters;

/** A {@link StudentSheet} as JSON; {@code student-sheet.schema.json} describes it. Fields may be added, never renamed. */
public final class SheetJson {
    /** The version of its shape. */
    public static final String SCHEMA = "labharness/student-sheet/1";

    private static final ObjectMapper MAPPER = mapper();

    private SheetJson() {}

    /** On one line. */
    public static String write(StudentSheet sheet) {
        try {
            return HiddenLetters.escaped(MAPPER.writeValueAsString(sheet));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a sheet consists of records that JSON can always hold", e);
        }
    }

    /** @throws IllegalArgumentException if it is no sheet, or of another version */
    public static StudentSheet read(String json) {
        try {
            StudentSheet sheet = MAPPER.readValue(json, StudentSheet.class);
            if (!sheet.schema().equals(SCHEMA)) {
                throw new IllegalArgumentException("its schema is '" + sheet.schema() + "', expected '" + SCHEMA + "'");
            }
            return sheet;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("it is no sheet of a student: " + e.getOriginalMessage(), e);
        }
    }

    private static ObjectMapper mapper() {
        SimpleModule times = new SimpleModule();
        times.addSerializer(new InstantWriter());
        times.addDeserializer(Instant.class, new InstantReader());
        return JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .addModule(times)
                .build();
    }

    private static final class InstantWriter extends StdSerializer<Instant> {
        private static final long serialVersionUID = 1;

        InstantWriter() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(value.toString());
        }
    }

    private static final class InstantReader extends StdDeserializer<Instant> {
        private static final long serialVersionUID = 1;

        InstantReader() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
            try {
                return Instant.parse(json.getText());
            } catch (DateTimeException e) {
                return (Instant) context.handleWeirdStringValue(Instant.class, json.getText(), "no instant in UTC");
            }
        }
    }
}
