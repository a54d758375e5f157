package org.labharness.autograder.coursepage;

import static org.labharness.autograder.page.Html.css;
import static org.labharness.autograder.page.Html.lone;
import static org.labharness.autograder.page.Html.tag;
import static org.labharness.autograder.page.Html.with;

import java.text.Bidi;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.labharness.autograder.export.CourseTable;
import org.labharness.autograder.export.CourseTable.Column;
import org.labharness.autograder.export.CourseTable.Kind;
import org.labharness.autograder.export.CourseTable.Row;
import org.labharness.autograder.page.Html;

/**
 * The table of a course. A click on a heading sorts it without a script: each row carries its place in every order, and a style sheet
 * takes the one whose heading is chosen.
 */
final class GradesTable {
    private final CourseTable table;
    private final List<Integer> shown;

    GradesTable(CourseTable table) {
        this.table = table;
        this.shown = IntStream.range(0, table.columns().size())
                .filter(i -> table.columns().get(i).kind() == Kind.LAB
                        || table.columns().get(i).kind() == Kind.COMPONENT
                        || table.rows().stream()
                                .anyMatch(row -> !row.cells().get(i).isEmpty()))
                .boxed()
                .sorted(Comparator.comparingInt(this::order))
                .toList();
    }

    /** What most people look for stands first: who, the total, components, labs. */
    private int order(int column) {
        return switch (table.columns().get(column).kind()) {
            case WORDS ->
                switch (table.columns().get(column).name()) {
                    case "student", "name" -> 0;
                    case "letter" -> 1;
                    default -> 2;
                };
            case FIGURE -> 1;
            case COMPONENT -> 3;
            case LAB -> 4;
        };
    }

    /** The rules by which this very table is laid out and sorted. */
    String style() {
        StringBuilder style = new StringBuilder(".grades { --columns: ");
        style.append(shown.stream().map(i -> width(table.columns().get(i))).collect(Collectors.joining(" ")))
                .append("; }\n");
        for (int i : shown) {
            style.append(".grades:has(#")
                    .append(key(i))
                    .append(":checked) tbody tr { order: var(--")
                    .append(key(i))
                    .append("); }\n");
        }
        return style.toString();
    }

    private static String width(Column column) {
        return switch (column.kind()) {
            case LAB -> "5.4rem";
            case COMPONENT -> "7rem";
            case FIGURE -> column.name().equals("status") ? "8.5rem" : "5rem";
            case WORDS ->
                switch (column.name()) {
                    case "student" -> "8rem";
                    case "name" -> "var(--name)";
                    default -> "5.5rem";
                };
        };
    }

    private static String key(int column) {
        return "k" + Integer.toString(column, 36);
    }

    /** @param link the page of a student */
    Html html(Function<Row, String> link) {
        List<int[]> places = shown.stream().map(this::places).toList();
        List<Html> rows = new ArrayList<>();
        for (int r = 0; r < table.rows().size(); r++) {
            rows.add(row(table.rows().get(r), r, places, link));
        }
        List<Html> head = new ArrayList<>();
        shown.forEach(i -> head.add(heading(i)));
        return tag(
                "div",
                css("wide book").and("tabindex", "0").and("role", "region").and("aria-label", "Grades of all students"),
                tag("table", css("grades"), tag("thead", tag("tr", head.toArray())), tag("tbody", rows.toArray())));
    }

    private Html heading(int i) {
        Column column = table.columns().get(i);
        Html.Attributes radio = with("type", "radio").and("name", "sort").and("id", key(i));
        String words = column.kind() == Kind.LAB ? column.name().substring("lab ".length()) : column.title();
        return tag(
                "th",
                css(column.kind() == Kind.WORDS ? "t" : "n")
                        .and("scope", "col")
                        .and("title", column.title())
                        .and("data-column", column.name()),
                tag("label", lone("input", i == 0 ? radio.and("checked", "") : radio), words));
    }

    private Html row(Row row, int number, List<int[]> places, Function<Row, String> link) {
        StringBuilder order = new StringBuilder();
        List<Html> cells = new ArrayList<>();
        for (int c = 0; c < shown.size(); c++) {
            int i = shown.get(c);
            order.append("--")
                    .append(key(i))
                    .append(':')
                    .append(places.get(c)[number])
                    .append(';');
            cells.add(cell(row, i, link));
        }
        return tag("tr", with("style", order.toString()), cells.toArray());
    }

    private Html cell(Row row, int i, Function<Row, String> link) {
        String text = row.cells().get(i);
        if (i == 0) {
            return tag("th", with("scope", "row"), tag("a", with("href", link.apply(row)), text));
        }
        if (table.columns().get(i).kind() == Kind.WORDS) {
            // What is written from the right is cut at its own end where there is no room.
            boolean fromTheRight = Bidi.requiresBidi(text.toCharArray(), 0, text.length());
            return tag("td", fromTheRight ? css("t").and("dir", "auto") : css("t"), text);
        }
        return text.isEmpty()
                ? tag("td", css("w"), Figures.NONE)
                : Character.isDigit(text.charAt(0)) ? tag("td", text) : tag("td", css("w"), text);
    }

    /** The place of each row in the order of a column: words upwards, figures from the highest, what is no figure last. */
    private int[] places(int column) {
        boolean words = table.columns().get(column).kind() == Kind.WORDS;
        boolean rank = table.columns().get(column).name().equals("rank");
        record Place(int row, String text, double figure) {}
        Comparator<Place> order = words
                ? Comparator.comparing(Place::text)
                : Comparator.comparingDouble(Place::figure).reversed().thenComparing(Place::text);
        List<Place> sorted = new ArrayList<>();
        for (int r = 0; r < table.rows().size(); r++) {
            String text = table.rows().get(r).cells().get(column);
            double figure = words ? 0 : figure(text);
            sorted.add(new Place(r, text.toLowerCase(Locale.ROOT), rank && figure >= 0 ? 1 / figure : figure));
        }
        sorted.sort(order.thenComparingInt(Place::row));
        int[] places = new int[sorted.size()];
        for (int place = 0; place < sorted.size(); place++) {
            places[sorted.get(place).row()] = place;
        }
        return places;
    }

    private static double figure(String text) {
        return !text.isEmpty() && Character.isDigit(text.charAt(0)) ? Double.parseDouble(text) : -1;
    }
}
