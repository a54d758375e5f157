package org.labharness.pipeline.predict;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Words for labels that are none of the data's classes. What a model says may hold a row that it was given: so the labels themselves are never quoted, only counted and told
 * by their kind.
 */
final class ForeignLabels {
    /** Of ten labels that a model gives fewer than this many are classes: then it means others. */
    private static final int FEW = 1;

    private static final int SHOWN = 8;
    private static final int LONGEST = 40;

    private ForeignLabels() {}

    /**
     * The end of a sentence; empty where the labels are those of the data, or numbers are predicted.
     *
     * @param whose {@code model} or {@code service}
     */
    static String of(Guess guess, List<String> known, String whose) {
        if (!(guess instanceof Guess.Labels labels)) {
            return "";
        }
        Classes classes = Classes.of(known);
        List<String> foreign = labels.labels().stream()
                .filter(label -> classes.index(label) < 0)
                .toList();
        int all = labels.labels().size();
        int right = all - foreign.size();
        if (!foreign.isEmpty() && right > 0 && countFromNought(labels.labels(), classes)) {
            return "the " + whose + "'s " + all + " answers are whole numbers from 0 on, and " + foreign.size()
                    + " of them are none of the " + classes.count() + " classes " + names(classes);
        }
        if (foreign.isEmpty() || right * 10L >= (long) FEW * all) {
            return "";
        }
        return (right == 0 ? "none of" : "only " + right + " of") + " the " + whose + "'s " + all
                + (right > 1 ? " answers are among" : " answers is one of") + " the " + classes.count() + " classes "
                + names(classes) + (right == 0 ? ": they are " : ": the others are ") + kinds(foreign, classes);
    }

    /** Places of classes that are numbers themselves: which of the two a number means cannot be told. */
    private static boolean countFromNought(List<String> labels, Classes classes) {
        return labels.stream()
                .allMatch(label -> label.matches("[0-9]{1,3}") && Integer.parseInt(label) < classes.count());
    }

    private static String names(Classes classes) {
        return classes.names().stream()
                        .limit(SHOWN)
                        .map(name -> name.substring(0, Math.min(LONGEST, name.length())))
                        .collect(Collectors.joining(", "))
                + (classes.count() > SHOWN ? " and " + (classes.count() - SHOWN) + " more" : "");
    }

    private static String kinds(List<String> foreign, Classes classes) {
        Set<String> lower = classes.names().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        List<String> kinds =
                foreign.stream().map(label -> kind(label, lower)).distinct().toList();
        return kinds.size() == 1 ? kinds.getFirst() : "of several kinds";
    }

    private static String kind(String label, Set<String> lower) {
        if (lower.contains(label.toLowerCase(Locale.ROOT))) {
            return "the same but for capital letters";
        }
        if (label.startsWith("{")) {
            return "dictionaries";
        }
        if (label.startsWith("[") || label.startsWith("(")) {
            return "lists";
        }
        if (label.equals("True") || label.equals("False")) {
            return "True and False";
        }
        if (Classes.isNumber(label)) {
            return label.matches("-?[0-9]+") ? "other whole numbers" : "other numbers";
        }
        return "other texts";
    }
}
