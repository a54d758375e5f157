package org.labharness.pipeline.custom;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.evidence.LimitHit;
import org.labharness.pipeline.sandbox.ExecutionResult;

/**
 * How tests ended that did not come to their end, as far as that is a submission's doing. In their container there are the tests and what they
 * start, nothing else: a signal that ends or stops them, and that they did not send themselves, is sent by a program that they started. Memory and
 * processes are used up by such a program as well, for what the tests may take stays below both. Where another limit was hit, or a crash may be
 * their own, nobody can tell.
 */
final class Ending {
    private static final int SIGNALS = 128;
    private static final int LAST_SIGNAL = 64;
    /** ILL, TRAP, ABRT, BUS, FPE, SEGV and SYS: what a crash comes with. */
    private static final List<Integer> CRASHES = List.of(4, 5, 6, 7, 8, 11, 31);
    /** Without a sign of life for so long whoever looks after the tests does not run any more, however busy the machine. */
    private static final Duration SILENCE = Duration.ofSeconds(25);

    private String program = "";
    private boolean sentByTests;
    private int told;
    private long beat;

    void take(Doc line) {
        line.get("started")
                .flatMap(started -> started.get("program"))
                .flatMap(Doc::string)
                .ifPresent(name -> program = name);
        sentByTests |= line.get("signalled").isPresent();
        line.get("killed")
                .flatMap(killed -> killed.get("signal"))
                .map(Ending::number)
                .ifPresent(signal -> told = signal.intValue());
        line.get("beat").map(Ending::number).ifPresent(seconds -> beat = seconds);
    }

    private static Long number(Doc doc) {
        return doc.string()
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(Long::valueOf)
                .orElse(0L);
    }

    /** What the submission did to the tests, as a reason for what was not decided; empty where that cannot be told for certain. */
    Optional<String> blame(ExecutionResult result) {
        if (program.isEmpty() || sentByTests) {
            return Optional.empty();
        }
        String theirs = "of this submission they had started '" + program + "'";
        String by = ", as only a program that the tests start can do: " + theirs;
        if (stopped(result)) {
            return Optional.of("a signal stopped the tests" + by);
        }
        Optional<LimitHit> full = usedUp(result);
        if (full.isPresent()) {
            return Optional.of("the tests came to no end, as their limit of "
                    + (full.get().name() == LimitHit.Name.MEMORY ? "memory" : "processes") + " ("
                    + full.get().limit()
                    + ") was used up, which the tests alone cannot do: " + theirs);
        }
        int signal = signal(result);
        boolean crash = told > 0 && CRASHES.contains(told);
        return result.limits().isEmpty() && !result.killed() && signal > 0 && !crash
                ? Optional.of(
                        "signal " + signal + (told > 0 && stops(told) ? " stopped" : " ended") + " the tests" + by)
                : Optional.empty();
    }

    /** Of the tests themselves, or of who looks after them. */
    private int signal(ExecutionResult result) {
        int exit = result.exit() - SIGNALS;
        return told > 0 ? told : exit > 0 && exit <= LAST_SIGNAL ? exit : 0;
    }

    private static boolean stops(int signal) {
        return signal >= 19 && signal <= 22;
    }

    /** The limit of memory or processes where it was hit, and no other. What the tests themselves may take stays below both. */
    private static Optional<LimitHit> usedUp(ExecutionResult result) {
        List<LimitHit> hits = result.limits();
        boolean only = hits.stream()
                .allMatch(hit -> hit.name() == LimitHit.Name.MEMORY || hit.name() == LimitHit.Name.PROCESSES);
        return only ? hits.stream().findFirst() : Optional.empty();
    }

    private boolean stopped(ExecutionResult result) {
        return told == 0
                && !result.limits().isEmpty()
                && result.limits().stream()
                        .allMatch(hit -> hit.name() == LimitHit.Name.TIME || hit.name() == LimitHit.Name.IDLE)
                && result.wall().minusSeconds(beat).compareTo(SILENCE) > 0;
    }
}
