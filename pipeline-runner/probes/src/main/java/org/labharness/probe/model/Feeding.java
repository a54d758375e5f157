package org.labharness.probe.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.labharness.probe.table.Column;
import org.labharness.probe.table.Table;

/**
 * Which columns go into which input, and how many rows at a time.
 *
 * @param columns of each input, in its order
 * @param batch rows at a time; 0 for all
 */
record Feeding(Map<Input, List<Column>> columns, int batch) {
    private static final int SHOWN = 8;

    /** Works it out: all columns into the one input, or to each input the column of its name. */
    static Feeding of(List<Input> inputs, Table features) throws Unusable {
        Map<Input, List<Column>> columns = new LinkedHashMap<>();
        boolean whole = inputs.size() == 1
                && (inputs.getFirst().width() != 1 || features.columns().size() == 1);
        if (whole) {
            columns.put(inputs.getFirst(), features.columns());
        } else {
            for (Input input : inputs) {
                columns.put(input, List.of(named(input, features)));
            }
        }
        int batch = 0;
        for (Map.Entry<Input, List<Column>> entry : columns.entrySet()) {
            Input input = entry.getKey();
            if (input.shaped(1, entry.getValue().size()) == null) {
                throw new Unusable(
                        Unusable.Reason.INPUTS,
                        "its input '" + input.name() + "' takes " + input.described() + ", but a row of the data has "
                                + entry.getValue().size() + " values: " + names(features));
            }
            int wanted = input.batch();
            if (wanted != 0 && batch != 0 && wanted != batch) {
                throw new Unusable(
                        Unusable.Reason.INPUTS,
                        "its inputs take different numbers of rows at a time: " + batch + " and " + wanted);
            }
            batch = Math.max(batch, wanted);
        }
        return new Feeding(columns, batch);
    }

    private static Column named(Input input, Table features) throws Unusable {
        Optional<Column> exact = features.columns().stream()
                .filter(column -> column.name().equals(input.name()))
                .findFirst();
        if (exact.isPresent()) {
            return exact.get();
        }
        // Exporters write blanks and other signs as underscores.
        List<Column> alike = features.columns().stream()
                .filter(column -> plain(column.name()).equals(plain(input.name())))
                .toList();
        if (alike.size() != 1) {
            throw new Unusable(
                    Unusable.Reason.INPUTS,
                    "no column of the data is called like its input '" + input.name() + "': " + names(features));
        }
        return alike.getFirst();
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "_");
    }

    private static String names(Table features) {
        List<String> names = new ArrayList<>(
                features.columns().stream().map(Column::name).limit(SHOWN).toList());
        int more = features.columns().size() - names.size();
        return names.stream().collect(Collectors.joining(", ")) + (more > 0 ? " and " + more + " more" : "");
    }
}
