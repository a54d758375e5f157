package org.labharness.autograder.table;

import java.util.List;

/** A table that cannot be used; its message lists every problem with its line. */
public final class InvalidTable extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int SHOWN = 50;

    /** @param problems one sentence each, with its line */
    public InvalidTable(String file, List<String> problems) {
        super(words(file, problems));
    }

    private static String words(String file, List<String> problems) {
        String head =
                file + " cannot be used" + (problems.size() == 1 ? ":" : ", it has " + problems.size() + " problems:");
        String more = problems.size() > SHOWN ? "\n  and " + (problems.size() - SHOWN) + " more" : "";
        return head + "\n  " + String.join("\n  ", problems.subList(0, Math.min(SHOWN, problems.size()))) + more;
    }
}
