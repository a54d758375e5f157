package org.labharness.pipeline.document;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Rows of one table in the form of another: with its separator, its columns in their order, its decimals. Who reads the one by place or
 * by name can read the other. Columns that the form lacks are left out.
 */
final class OtherRows {
    private static final String NUMBER = "[-+]?[0-9]{0,30}[.,]?[0-9]{1,30}(?:[eE][-+]?[0-9]{1,3})?";

    private final Table form;
    private final Table rows;

    OtherRows(Table form, Table rows) {
        this.form = form;
        this.rows = rows;
    }

    /** @throws IOException in words, where the rows cannot have that form; "it" is the table with the rows */
    Table inForm() throws IOException {
        if (form.isEmpty() || rows.isEmpty()) {
            throw new IOException("one of them is empty");
        }
        List<Integer> places = places();
        boolean named = !isNameless(form) || form.names().equals(rows.names());
        List<DecimalMark> from = rows.marks(places);
        List<DecimalMark> to =
                form.marks(IntStream.range(0, places.size()).boxed().toList());
        if (rows.mayGroup() && IntStream.range(0, places.size()).anyMatch(i -> to.get(i) == DecimalMark.POINT)) {
            throw new IOException("its commas may stand for decimals or part thousands");
        }
        List<List<String>> made = new ArrayList<>();
        for (List<String> row : rows.cells()) {
            List<String> cells = new ArrayList<>();
            for (int i = 0; i < places.size(); i++) {
                if (places.get(i) < row.size()) {
                    cells.add(written(row.get(places.get(i)), from.get(i), to.get(i)));
                }
            }
            made.add(cells);
        }
        if (named) {
            made.set(0, form.cells().getFirst());
        }
        return form.with(made);
    }

    /** Only what certainly differs is written otherwise. */
    private static String written(String cell, DecimalMark from, DecimalMark to) {
        boolean differs = (from == DecimalMark.COMMA && to == DecimalMark.POINT)
                || (from == DecimalMark.POINT && to == DecimalMark.COMMA);
        return differs ? to.written(cell) : cell;
    }

    /** For each column of the form the number of the one in the other table. */
    private List<Integer> places() throws IOException {
        List<String> wanted = form.names();
        List<String> there = rows.names();
        boolean nameless = isNameless(form);
        if (wanted.equals(there) || (nameless && isNameless(rows) && wanted.size() == there.size())) {
            int widest = rows.cells().stream().mapToInt(List::size).max().orElse(0);
            return IntStream.range(0, widest).boxed().toList();
        }
        if (isRagged(form) || isRagged(rows)) {
            throw new IOException("not every row has a cell for each name");
        }
        if (nameless != isNameless(rows)) {
            throw new IOException("only one of them names its columns in the first line");
        }
        if (nameless) {
            throw new IOException("it has " + there.size() + " columns, not " + wanted.size());
        }
        if (new HashSet<>(wanted).size() < wanted.size()) {
            throw new IOException("several columns have the same name");
        }
        Optional<String> missing =
                wanted.stream().filter(name -> !there.contains(name)).findFirst();
        if (missing.isPresent()) {
            throw new IOException("it has no column " + (missing.get().isEmpty() ? "without a name" : missing.get()));
        }
        return wanted.stream().map(there::indexOf).toList();
    }

    private static boolean isRagged(Table table) {
        int width = table.names().size();
        return table.cells().stream().anyMatch(row -> row.size() != width);
    }

    private static boolean isNameless(Table table) {
        return table.names().stream().anyMatch(name -> name.matches(NUMBER));
    }
}
