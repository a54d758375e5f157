package org.labharness.pipeline.evidence;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a service did while it was asked.
 *
 * @param service id in the lab
 * @param command that started it, as the shell took it
 * @param detail what was seen, as the end of a sentence; empty where all went well
 * @param error the last line of its log that names an error, before it was asked anything; empty afterwards
 * @param exit of its process where that ended by itself, else -1
 * @param port where it answered; 0 where it did not
 * @param listening ports that it listened at when it was no longer waited for
 * @param status of its last answer while it was waited for; 0 where there was none
 * @param readySeconds from its start to its first answer; volatile
 * @param seed of the rows that were drawn: it follows from the course's secret and the commit
 * @param rows places of the drawn rows in the hidden data; for staff alone
 * @param answers one for each drawn row, in the order of asking
 * @param measured every measure that the answers allow, by its name in lab.yaml
 * @param unclear why nothing was measured, or that the labels are none of the data's; empty where all is well
 * @param staff what a service said that had seen hidden rows: never for students
 * @param seconds of all of it; volatile
 */
public record ServiceFacts(
        String service,
        String command,
        Outcome outcome,
        String detail,
        String error,
        int exit,
        List<LimitHit> limits,
        int port,
        List<Integer> listening,
        int status,
        double readySeconds,
        long seed,
        List<Integer> rows,
        List<Answer> answers,
        Map<String, Double> measured,
        String unclear,
        List<ContractFacts> contracts,
        List<Refusal> refusals,
        List<LoadFacts> loads,
        List<VersionFacts> versions,
        List<CounterFacts> counters,
        String staff,
        double seconds) {
    /** An answer that takes longer is not waited for. */
    public static final int PATIENCE_SECONDS = 10;

    public ServiceFacts {
        limits = List.copyOf(limits);
        listening = List.copyOf(listening);
        rows = List.copyOf(rows);
        answers = List.copyOf(answers);
        measured = Map.copyOf(measured);
        contracts = List.copyOf(contracts);
        refusals = List.copyOf(refusals);
        loads = List.copyOf(loads);
        versions = List.copyOf(versions);
        counters = List.copyOf(counters);
    }

    /**
     * The same without what tells of single rows: of whatever the service chose when it had seen some, there is no more than how often it happened and whether
     * it was right.
     */
    ServiceFacts withoutRows() {
        return new ServiceFacts(
                service,
                command,
                outcome,
                detail,
                error,
                Math.min(exit, 1),
                limits,
                port,
                listening,
                status,
                readySeconds,
                0,
                List.of(),
                answers.stream()
                        .map(Answer::withoutRow)
                        .sorted(Comparator.comparingInt(Answer::status).thenComparing(Answer::failure))
                        .toList(),
                measured,
                unclear,
                contracts.stream().map(ContractFacts::withoutRows).toList(),
                refusals.stream().map(Refusal::withoutRows).toList(),
                loads.stream().map(LoadFacts::withoutRows).toList(),
                versions.stream().map(VersionFacts::withoutRows).toList(),
                counters.stream().map(CounterFacts::withoutRows).toList(),
                "",
                seconds);
    }

    /** The hundred that a status of HTTP belongs to. */
    private static int kind(int status) {
        return status / 100 * 100;
    }

    /** How its start ended. */
    public enum Outcome {
        /** It answered. */
        READY,
        /** What it should serve, or the entry point that starts it, is not there. */
        NOTHING_TO_START,
        /** Its process ended before it answered. */
        DIED,
        /** It listened at no port. */
        SILENT,
        /** It listened, but did not answer as it should. */
        UNREADY,
        LIMIT,
        /** The harness or the lab is to blame. */
        OURS
    }

    /** Why a request has no answer. */
    public enum Failure {
        NONE,
        /** Nobody listens any more. */
        REFUSED,
        /** The connection ended before the answer did. */
        CLOSED,
        /** No answer within the time. */
        LATE,
        /** What came is not HTTP. */
        NOT_HTTP,
        /** It was not asked any more: too many before it had no answer in time, or all together took too long. */
        UNASKED
    }

    /**
     * An answer to a right request.
     *
     * @param status of HTTP; 0 where there is none
     * @param prediction as labels and numbers are compared; empty where there is none
     * @param problem why there is none, as the end of a sentence; empty where there is one
     */
    public record Answer(int status, Failure failure, String prediction, String problem) {
        private Answer withoutRow() {
            return new Answer(kind(status), failure, "", "");
        }
    }

    /**
     * How answers fit a form.
     *
     * @param against the schema of the lab, or the path of the service's own description
     * @param unusable why that description cannot be used; empty where it can
     * @param problems for each drawn row what does not fit; empty where it fits
     */
    public record ContractFacts(String against, String unusable, List<String> problems) {
        public ContractFacts {
            problems = List.copyOf(problems);
        }

        private ContractFacts withoutRows() {
            return new ContractFacts(
                    against,
                    unusable,
                    problems.stream()
                            .map(problem -> problem.isEmpty() ? "" : "it does not fit")
                            .sorted()
                            .toList());
        }
    }

    /**
     * What came of a wrong request.
     *
     * @param wrong as lab.yaml names it
     * @param status of HTTP; 0 where there is none
     * @param alive whether the service answers after it, as far as it was asked; after the last one, a right request as it did before
     */
    public record Refusal(String wrong, int status, Failure failure, boolean alive) {
        private Refusal withoutRows() {
            return new Refusal(wrong, kind(status), failure, alive);
        }
    }

    /**
     * What came of many requests at once.
     *
     * @param errors how many had no answer of 200 to 299
     * @param firstError status or failure of the first of those, in words; empty where there is none
     * @param millis percentiles of the times of those that had one, by {@code p50}, {@code p95}, {@code p99}, {@code max}; volatile
     * @param rounds how often they were sent, until they were fast enough; the best time is told; volatile
     */
    public record LoadFacts(
            int requests, int concurrent, int errors, String firstError, Map<String, Double> millis, int rounds) {
        public LoadFacts {
            millis = Map.copyOf(millis);
        }

        /** Times as they are told: in hundredths of a second. */
        private LoadFacts withoutRows() {
            Map<String, Double> told = new TreeMap<>();
            millis.forEach((name, value) -> told.put(name, Math.ceil(value / 10) * 10));
            return new LoadFacts(requests, concurrent, errors, errors == 0 ? "" : "no right answer", told, rounds);
        }
    }

    /**
     * What it says of the version that it serves.
     *
     * @param said at first
     * @param saidAgain when it was started once more
     * @param meant version that has the alias
     * @param other version that the alias was moved to; empty where there is none
     * @param saidThen after that, started once more
     * @param itsOwn how many of the answers given then are those of the other version's model; -1 where that was not asked
     * @param asked how many rows it was asked about then
     * @param unable why the other version's model gives no answers itself, as the end of a sentence; empty where it does, or was not asked
     * @param detail why it cannot be told which version is meant, as the end of a sentence; empty where it can
     * @param ours what the harness could not do, as a sentence without its first capital; empty where all was done
     */
    public record VersionFacts(
            String path,
            String model,
            String said,
            String saidAgain,
            String meant,
            String other,
            String saidThen,
            int itsOwn,
            int asked,
            String unable,
            String detail,
            String ours) {
        /** {@code said} is from before any row was seen; what was said later is told where a version is called that. */
        private VersionFacts withoutRows() {
            return new VersionFacts(
                    path,
                    model,
                    said,
                    known(saidAgain),
                    meant,
                    other,
                    known(saidThen),
                    itsOwn,
                    asked,
                    unable,
                    detail,
                    ours);
        }

        private String known(String told) {
            return Stream.of(meant, other)
                    .filter(version -> !version.isEmpty() && is(told, version))
                    .findFirst()
                    .orElse(told.isEmpty() ? "" : "something else");
        }

        /** Whether a service means a version: {@code v3} and {@code version 3} are 3. */
        public static boolean is(String said, String version) {
            return said.strip()
                    .replaceFirst("(?i)^v(ersion)?[ .:]*(?=[0-9])", "")
                    .equals(version);
        }
    }

    /**
     * What it counts.
     *
     * @param status of HTTP
     * @param unreadable why its text is none that Prometheus reads, or why there is none; empty where it is one
     * @param requests how many predictions it was asked for in between
     * @param grown by how much each counter grew, by its name; NaN where it was no number before or after
     */
    public record CounterFacts(String path, int status, String unreadable, int requests, Map<String, Double> grown) {
        public CounterFacts {
            grown = Map.copyOf(grown);
        }

        /** Nothing of single counters: a service may have a thousand. */
        private CounterFacts withoutRows() {
            return new CounterFacts(path, kind(status), unreadable, requests, Map.of());
        }
    }

    /** What an answer is worth as a sentence's end: {@code status 500}, {@code nobody listens any more}. */
    public static String words(int status, Failure failure) {
        return switch (failure) {
            case NONE -> "status " + status;
            case REFUSED -> "nobody listens any more";
            case CLOSED -> "the connection was closed without an answer";
            case LATE -> "no answer within " + PATIENCE_SECONDS + " s";
            case NOT_HTTP -> "an answer that is not HTTP";
            case UNASKED -> "it was not asked any more, as the answers before had taken too long";
        };
    }

    /** How it fits the contract that a check asks about. */
    public @Nullable ContractFacts contract(String against) {
        return contracts.stream()
                .filter(one -> one.against().equals(against))
                .findFirst()
                .orElse(null);
    }
}
