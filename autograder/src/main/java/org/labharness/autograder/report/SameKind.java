package org.labharness.autograder.report;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.labharness.autograder.check.PlainText;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;

/**
 * Findings with one code. The same slip in twenty files is one thing to learn: a few are told in full, of the others only where they
 * are, so that another kind is not pushed off the screen.
 */
record SameKind(List<Finding> told, List<Finding> others) {
    private static final int TOLD = 3;
    private static final int PLACES = 6;

    /** By severity, then in the order in which the kinds were found. */
    static List<SameKind> of(List<Finding> findings) {
        Map<String, List<Finding>> kinds = findings.stream()
                .sorted(Comparator.comparing(Finding::severity))
                .collect(Collectors.groupingBy(
                        finding -> finding.severity() + " " + finding.code(), LinkedHashMap::new, Collectors.toList()));
        return kinds.values().stream().map(SameKind::split).toList();
    }

    private static SameKind split(List<Finding> kind) {
        // To say where one more is takes as much room as to tell it.
        int told = kind.size() <= TOLD + 1 ? kind.size() : TOLD;
        return new SameKind(kind.subList(0, told), kind.subList(told, kind.size()));
    }

    /** The place and what was seen there; a sentence that begins with its place has said it. */
    static String sentence(Finding finding) {
        String place = finding.where() == null ? "" : finding.where().toString();
        return place.isEmpty() || finding.message().startsWith(place)
                ? finding.message()
                : place + ": " + finding.message();
    }

    /** Such as {@code 13 more of the same kind: dvc.yaml:12, dvc.yaml:22, ...}; empty where all are told. */
    String rest() {
        if (others.isEmpty()) {
            return "";
        }
        List<String> places = others.stream()
                .map(Finding::where)
                .filter(Objects::nonNull)
                .map(Place::toString)
                .distinct()
                .toList();
        String first = places.stream()
                .limit(PLACES)
                .map(place -> PlainText.line(place, 100))
                .collect(Collectors.joining(", "));
        return others.size() + " more of the same kind" + (first.isEmpty() ? "" : ": " + first)
                + (places.size() > PLACES ? ", …" : "");
    }
}
