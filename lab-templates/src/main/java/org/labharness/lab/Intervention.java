package org.labharness.lab;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One change that the harness makes in a fresh copy of a submission before it runs the pipeline once more: what follows shows whether
 * the pipeline does what it claims.
 */
public sealed interface Intervention {
    /** Stands for it in the evidence; two checks that ask for the same share one run. */
    String key();

    /** Nothing is changed: what differs now differs by chance. */
    record Repeat() implements Intervention {
        @Override
        public String key() {
            return "repeat";
        }
    }

    /**
     * Values of params or of a configuration file.
     *
     * @param file relative to the repository; empty for the params file that holds them
     * @param values literals of JSON by dotted name; empty where the harness chooses one among the declared params
     * @param forced whether all stages run again, else only those that DVC takes for changed
     */
    record ValuesChanged(String file, SortedMap<String, String> values, boolean forced) implements Intervention {
        public ValuesChanged {
            values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        }

        @Override
        public String key() {
            String what = values.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + entry.getValue())
                    .collect(Collectors.joining(" "));
            return "values " + (file.isEmpty() ? "" : file + ": ") + (what.isEmpty() ? "any" : what)
                    + (forced ? ", all stages" : "");
        }
    }

    /**
     * The content of one file that stages depend on is edited so that it does the same as before.
     *
     * @param file empty where the harness chooses one
     */
    record CodeEdited(String file) implements Intervention {
        @Override
        public String key() {
            return "code " + (file.isEmpty() ? "any" : file);
        }
    }

    /** Files are taken away. */
    record FilesRemoved(List<String> files) implements Intervention {
        public FilesRemoved {
            files = List.copyOf(files);
        }

        @Override
        public String key() {
            return "without " + String.join(", ", files);
        }
    }

    /** @param files files of the lab, relative to its folder, by the place in the repository where each is put */
    record DataSwapped(SortedMap<String, String> files) implements Intervention {
        public DataSwapped {
            files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        }

        @Override
        public String key() {
            return "data "
                    + files.entrySet().stream()
                            .map(entry -> entry.getKey() + "=" + entry.getValue())
                            .collect(Collectors.joining(", "));
        }
    }

    /**
     * The values of one column of a table are put into another order, by a seed that follows from the data and the draw alone.
     *
     * @param data a file with a header line, separated by commas, semicolons or tabs
     * @param draw from 1
     */
    record LabelsShuffled(String data, String label, int draw) implements Intervention {
        @Override
        public String key() {
            return "labels " + data + ": " + label + (draw == 1 ? "" : ", draw " + draw);
        }
    }

    /**
     * Rows of the lab are added to a table, at places that follow from the data and the draw alone.
     *
     * @param data a file with a header line, separated by commas, semicolons or tabs
     * @param rows a file of the lab, relative to its folder, with columns of the same names
     * @param draw from 1
     */
    record CanariesPlanted(String data, String rows, int draw) implements Intervention {
        @Override
        public String key() {
            return "canaries " + data + "+" + rows + (draw == 1 ? "" : ", draw " + draw);
        }
    }

    /** Whatever else in the repository has the content of these outputs is taken away: only making them anew is left. */
    record CopiesRemoved(List<String> outputs) implements Intervention {
        public CopiesRemoved {
            outputs = List.copyOf(outputs);
        }

        @Override
        public String key() {
            return "rebuild " + String.join(", ", outputs);
        }
    }
}
