package org.labharness.autograder.coursepage;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.labharness.lab.LabId;
import org.labharness.lab.Verdict;

/** What checks are called, and in which order a lab's rubric has them. */
public final class CheckTitles {
    private record Title(String title, int place) {}

    private final Map<LabId, Map<String, Title>> titles = new HashMap<>();

    /** @param verdicts of an attempt, in the order of the rubric */
    public void add(LabId lab, List<Verdict> verdicts) {
        Map<String, Title> ofLab = titles.computeIfAbsent(lab, any -> new HashMap<>());
        verdicts.forEach(verdict -> ofLab.putIfAbsent(verdict.id().value(), new Title(verdict.title(), ofLab.size())));
    }

    /** Its id where nobody knows. */
    String of(LabId lab, String check) {
        Title title = titles.getOrDefault(lab, Map.of()).get(check);
        return title == null ? check : title.title();
    }

    /** After all others where nobody knows. */
    int place(LabId lab, String check) {
        Title title = titles.getOrDefault(lab, Map.of()).get(check);
        return title == null ? Integer.MAX_VALUE : title.place();
    }
}
