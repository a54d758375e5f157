package org.labharness.pipeline.evidence;

import java.util.List;

/**
 * What a pytest file of the lab found.
 *
 * @param file as the lab names it
 * @param tests in pytest's order, each once, whatever its parameters
 * @param faults mistakes in the file itself, for which no student can be held to account
 * @param complete whether pytest came to its end and told all
 * @param exit exit code of its process; 137 where it was killed
 * @param leftOut files of the submission that the tests did not see: no plain files, or too many; capped
 * @param log for staff: what pytest printed last
 */
public record CustomFacts(
        String file,
        List<Test> tests,
        List<Fault> faults,
        boolean complete,
        int exit,
        List<LimitHit> limits,
        List<String> leftOut,
        LogExcerpt log) {
    public CustomFacts {
        tests = List.copyOf(tests);
        faults = List.copyOf(faults);
        limits = List.copyOf(limits);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * One test.
     *
     * @param file relative to the lab's suite
     * @param name as pytest gives it, without parameters: {@code TestReport::test_title}
     * @param title the first line of its docstring, or empty
     * @param cases how many sets of parameters it has; 1 where it has none
     * @param results of those cases that were run to their end; where the submission ended the tests, one that says so
     */
    public record Test(String file, String name, String title, int cases, List<Result> results) {
        public Test {
            results = List.copyOf(results);
        }
    }

    /**
     * How one case of a test ended.
     *
     * @param parameters as pytest names them, or empty
     * @param message what the test said, or what it met; empty where it passed
     * @param line of the test file, or 0
     */
    public record Result(String parameters, Outcome outcome, String message, int line) {}

    /** How a test can end. */
    public enum Outcome {
        PASSED,
        /** It holds not, met in the submission's files what it cannot read, or was ended by a program of the submission. */
        FAILED,
        /** A mistake in the test itself. */
        BROKEN,
        SKIPPED
    }

    /** @param line of the file, or 0 */
    public record Fault(String file, int line, String message) {}
}
