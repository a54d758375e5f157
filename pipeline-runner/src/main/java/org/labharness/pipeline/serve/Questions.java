package org.labharness.pipeline.serve;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.labharness.lab.Service.Question;
import org.labharness.lab.ServiceCheck.WrongRequest;
import org.labharness.pipeline.document.JsonWords;
import org.labharness.pipeline.evidence.ServiceFacts;
import org.labharness.probe.exchange.Request;
import org.labharness.probe.table.Column;
import org.labharness.probe.table.Table;

/**
 * The requests for predictions of rows, right ones and wrong ones. They look like those of many clients: nothing in them is the same in all, so
 * that a service cannot tell who asks.
 */
final class Questions {
    /** Rows of hidden data are answered within this, in milliseconds, or not at all. */
    static final int PATIENCE_MILLIS = 1_000 * ServiceFacts.PATIENCE_SECONDS;

    private static final int KEPT = 64 << 10;
    private static final int KEPT_OF_ALL = 8 << 20;
    private static final int HUGE = 4 << 20;
    private static final Pattern MARK = Pattern.compile("\"\\{([^{}\"]{1,200})}\"");
    private static final List<String> CLIENTS = List.of(
            "python-requests/2.32.5",
            "python-httpx/0.28.1",
            "curl/8.14.1",
            "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36",
            "PostmanRuntime/7.43.0",
            "axios/1.7.9");
    private static final List<String> ACCEPTED =
            List.of("*/*", "application/json", "application/json, text/plain, */*");

    private final Question question;
    private final Table rows;
    private final Random chance;

    /** @param seed of what differs between requests but rows */
    Questions(Question question, Table rows, long seed) {
        this.question = question;
        this.rows = rows;
        this.chance = new Random(seed);
    }

    int count() {
        return rows.rows();
    }

    Request right(int row) {
        return right(row, 1);
    }

    /** One of many. */
    Request right(int row, int many) {
        return post(body(cells(row)), Math.min(KEPT, KEPT_OF_ALL / many));
    }

    /** A question about no row: what it leaves in a log may be shown. */
    Request aboutNothing() {
        return post("{}", 0);
    }

    Request wrong(WrongRequest wrong, int row) {
        Map<String, String> cells = cells(row);
        String first = oneToSpoil();
        return switch (wrong) {
            case WRONG_TYPE -> {
                cells.put(first, isText(first) ? "{}" : JsonWords.quoted(word()));
                yield post(body(cells), 0);
            }
            case MISSING_FIELD -> {
                cells.remove(first);
                yield post(body(cells), 0);
            }
            case EMPTY -> post("", 0);
            case HUGE -> {
                String word = word();
                cells.put(first, JsonWords.quoted(word.repeat(HUGE / word.length())));
                yield post(body(cells), 0);
            }
            case NOT_JSON -> {
                String body = body(cells);
                yield post(body.substring(0, Math.max(1, body.length() - 2)), 0);
            }
        };
    }

    /** A number's column where there is one: that a text is no number is beyond doubt. */
    private String oneToSpoil() {
        return rows.columns().stream()
                .filter(Column.Numbers.class::isInstance)
                .findFirst()
                .orElse(rows.columns().getFirst())
                .name();
    }

    private boolean isText(String name) {
        return rows.columns().stream().anyMatch(column -> column.name().equals(name) && column instanceof Column.Texts);
    }

    private String word() {
        return List.of("unknown", "tall", "n/a", "seven", "none of these").get(chance.nextInt(5));
    }

    private Request post(String body, int kept) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("Accept", ACCEPTED.get(chance.nextInt(ACCEPTED.size())));
        String client = CLIENTS.get(chance.nextInt(CLIENTS.size()));
        headers.put("User-Agent", client);
        if (!client.startsWith("curl")) {
            headers.put("Accept-Encoding", "gzip, deflate");
        }
        return new Request(
                "POST", question.path(), headers, body.getBytes(StandardCharsets.UTF_8), PATIENCE_MILLIS, kept);
    }

    /** A request for something else than a prediction. */
    Request get(String path, int kept) {
        return get(path, kept, CLIENTS.get(chance.nextInt(CLIENTS.size())));
    }

    static Request get(String path, int kept, String client) {
        return new Request(
                "GET", path, Map.of("Accept", "*/*", "User-Agent", client), new byte[0], PATIENCE_MILLIS, kept);
    }

    private Map<String, String> cells(int row) {
        Map<String, String> cells = new LinkedHashMap<>();
        for (Column column : rows.columns()) {
            cells.put(
                    column.name(),
                    switch (column) {
                        case Column.Texts texts -> JsonWords.quoted(texts.values()[row]);
                        case Column.Numbers numbers -> number(numbers.values(), row);
                    });
        }
        return cells;
    }

    /** Whole numbers are written as such where all of a column are. */
    private static String number(double[] values, int row) {
        if (!Double.isFinite(values[row])) {
            return "null";
        }
        for (double value : values) {
            if (value != Math.rint(value) || Math.abs(value) > 1e15) {
                return Double.toString(values[row]);
            }
        }
        return Long.toString((long) values[row]);
    }

    private String body(Map<String, String> cells) {
        Matcher mark = MARK.matcher(question.body());
        StringBuilder body = new StringBuilder();
        while (mark.find()) {
            mark.appendReplacement(body, Matcher.quoteReplacement(filled(mark.group(1), cells, mark.group())));
        }
        return mark.appendTail(body).toString();
    }

    private String filled(String mark, Map<String, String> cells, String otherwise) {
        return switch (mark) {
            case "record" -> {
                StringJoiner members = new StringJoiner(",", "{", "}");
                cells.forEach((name, cell) -> members.add(JsonWords.quoted(name) + ":" + cell));
                yield members.toString();
            }
            case "values" -> "[" + String.join(",", cells.values()) + "]";
            case "names" -> {
                List<String> names = new ArrayList<>();
                cells.keySet().forEach(name -> names.add(JsonWords.quoted(name)));
                yield "[" + String.join(",", names) + "]";
            }
            default ->
                cells.getOrDefault(
                        mark, rows.columns().stream().anyMatch(c -> c.name().equals(mark)) ? "null" : otherwise);
        };
    }
}
