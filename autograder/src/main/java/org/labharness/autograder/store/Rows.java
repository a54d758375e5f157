package org.labharness.autograder.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Points;

/** How values of ours stand in columns. */
final class Rows {
    private static final Pattern NO_TEXT = Pattern.compile("[\\x00\\p{Cs}]");

    private Rows() {}

    /** Cut to microseconds, as both databases keep it: rounded up it might pass a deadline. */
    static OffsetDateTime time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    /** As both databases keep it: PostgreSQL takes no NUL, and neither keeps half of a pair of surrogates. */
    static String text(String text) {
        boolean plain = text.chars().noneMatch(c -> c == 0 || Character.isSurrogate((char) c));
        return plain ? text : NO_TEXT.matcher(text).replaceAll("\uFFFD");
    }

    /** Cut to the width of its column. */
    static String text(String text, int longest) {
        String kept = text(text);
        return kept.length() <= longest ? kept : text(kept.substring(0, longest - 1)) + "…";
    }

    static @Nullable String textOrNull(@Nullable String text, int longest) {
        return text == null ? null : text(text, longest);
    }

    static @Nullable OffsetDateTime timeOrNull(@Nullable Instant instant) {
        return instant == null ? null : time(instant);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static Points points(ResultSet row, String column) throws SQLException {
        return new Points(row.getBigDecimal(column));
    }

    static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static @Nullable Instant instantOrNull(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
