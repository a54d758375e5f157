package org.labharness.pipeline.serve;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.labharness.lab.ServiceCheck;
import org.labharness.lab.ServiceCheck.WrongRequest;

/** Which batch of a script asks what; -1 where none does. */
final class Layout {
    final Map<String, Integer> documents = new HashMap<>();
    /** Of the metrics at a path before and after. */
    final Map<String, Counted> counted = new HashMap<>();

    /** As often as it is tried. */
    final Map<ServiceCheck.ServiceLoad, List<Integer>> loads = new LinkedHashMap<>();
    /** Each is two requests of its batch: it, and one that looks for life. The batch ends with a right one. */
    final List<WrongRequest> wrong;

    int rows = -1;
    int wrongRequests = -1;

    Layout(List<WrongRequest> wrong) {
        this.wrong = List.copyOf(wrong);
    }

    record Counted(int before, int after) {}
}
