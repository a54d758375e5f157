package org.labharness.autograder.backup;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.store.Table;
import org.labharness.autograder.store.Table.Column;

/** A row as a line of JSON: an array in the order of the columns; decimals and times are strings, so that none is rounded. */
final class RowText {
    private static final int LONGEST = 4 << 20;

    static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(LONGEST)
                            .maxNestingDepth(20)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addModule(new SimpleModule()
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addDeserializer(Instant.class, new Times()))
            .build();

    private RowText() {}

    static String of(List<@Nullable Object> row) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Object value : row) {
            values.add(
                    switch (value) {
                        case BigDecimal number -> number.toPlainString();
                        case Instant time -> time.toString();
                        case null -> null;
                        default -> value;
                    });
        }
        try {
            return JSON.writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("rows consist of what JSON can always hold", e);
        }
    }

    /** @throws Damaged where the line is no row of that table */
    static List<@Nullable Object> parse(Table table, String line) {
        try {
            Object[] values = JSON.readValue(line, Object[].class);
            if (values.length != table.columns().size()) {
                throw new Damaged("a row of " + table.name() + " has " + values.length + " values");
            }
            List<@Nullable Object> row = new ArrayList<>();
            for (int i = 0; i < values.length; i++) {
                row.add(value(table.columns().get(i), values[i]));
            }
            return row;
        } catch (JsonProcessingException | ClassCastException | NumberFormatException | DateTimeException e) {
            throw new Damaged("a row of " + table.name() + " cannot be read");
        }
    }

    private static @Nullable Object value(Column column, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        return switch (column.type()) {
            case TEXT -> (String) value;
            case WHOLE -> ((Number) value).longValue();
            case DECIMAL -> new BigDecimal((String) value);
            case YES_OR_NO -> (Boolean) value;
            case TIME -> Instant.parse((String) value);
        };
    }

    /** A backup is not as it was made. */
    static final class Damaged extends RuntimeException {
        private static final long serialVersionUID = 1;

        Damaged(String message) {
            super(message);
        }
    }
}
