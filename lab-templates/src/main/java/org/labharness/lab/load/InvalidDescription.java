package org.labharness.lab.load;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.labharness.lab.Finding;

/** A description of a lab, course or challenge that cannot be used; its message lists every problem with its line, one paragraph each. */
public abstract sealed class InvalidDescription extends RuntimeException
        permits InvalidLab, InvalidCourse, InvalidChallenge {
    private static final long serialVersionUID = 1;

    /** Not sent anywhere: exceptions are serialisable by inheritance only. */
    private final transient List<Finding> findings;

    InvalidDescription(Path file, List<Finding> findings) {
        super(words(file, findings));
        this.findings = List.copyOf(findings);
    }

    /** All problems, in the order of their lines; never empty. */
    public List<Finding> findings() {
        return findings;
    }

    private static String words(Path file, List<Finding> findings) {
        boolean more = findings.size() > Problems.MOST;
        String count = more ? "more than " + Problems.MOST + " problems, the first" : findings.size() + " problems";
        String head = file + (findings.size() == 1 ? " cannot be used:\n" : " cannot be used, it has " + count + ":\n");
        return findings.stream()
                .limit(Problems.MOST)
                .map(finding -> "  " + finding.where() + ": " + visible(finding.message()) + "\n      "
                        + visible(finding.hint()))
                .collect(Collectors.joining("\n", head, ""));
    }

    /** What a file holds must not command the terminal that shows what is wrong with it. */
    private static String visible(String text) {
        return Value.UNSEEN.matcher(text).replaceAll("?");
    }
}
