package org.labharness.autograder.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.client.GradingState;
import org.labharness.autograder.client.LabClient;
import org.labharness.autograder.client.ServerSaid;
import org.labharness.autograder.client.VerdictFacts;
import org.labharness.lab.Points;
import org.labharness.lab.Sha256;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./lab submit}. */
@Command(
        name = "submit",
        description =
                "Hands in to a server of the harness and, with --wait, says what it is worth and why. For pipelines of CI and for"
                        + " people. The server reads the repository itself and grades it itself.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./lab submit --server https://lab.example.org --lab dvc-pipeline",
            "  ./lab submit --server https://lab.example.org --lab dvc-pipeline --wait --min-score 25 --junit verdict.xml",
            "  ./lab submit --server https://lab.example.org --lab dvc-pipeline --student CS21B001 --commit SHA --wait",
            "",
            "The token is taken from the variable LAB_TOKEN. In CI the commit is that of the run (GITHUB_SHA, CI_COMMIT_SHA), and the",
            "same run hands in once, however often its step is tried. docs/ci has whole examples.",
            "",
            "Exit codes: 0 handed in or graded, 1 below --min-score, 2 wrong use, 3 submission refused, 4 the system broke."
        })
final class SubmitCommand implements Callable<Integer> {
    private static final List<String> RUNS =
            List.of("GITHUB_RUN_ID", "CI_PIPELINE_ID", "BUILD_TAG", "BITBUCKET_BUILD_NUMBER", "CIRCLE_WORKFLOW_ID");
    private static final List<String> COMMITS = List.of("GITHUB_SHA", "CI_COMMIT_SHA");

    private final Console console;
    private final Settings settings;

    @Mixin
    private ServerOption server = new ServerOption();

    @Option(names = "--lab", paramLabel = "ID", required = true, description = "The course's id of the lab.")
    private String lab = "";

    @Option(names = "--course", paramLabel = "ID", description = "The course. Default: that of the token.")
    private @Nullable String course;

    @Option(names = "--student", paramLabel = "ID", description = "Whose work it is. Default: whom the token is for.")
    private @Nullable String student;

    @Option(names = "--commit", paramLabel = "SHA", description = "What is graded. Default: the CI run's, else HEAD's.")
    private @Nullable String commit;

    @Option(names = "--wait", description = "Wait for the verdict.")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "30m",
            description = "How long to wait at most. Default: ${DEFAULT-VALUE}.")
    private String timeout = "30m";

    @Option(names = "--min-score", paramLabel = "POINTS", description = "Exit with 1 where fewer points are earned.")
    private @Nullable String minScore;

    @Option(names = "--junit", paramLabel = "F", description = "Write JUnit XML, a test case a check.")
    private @Nullable Path junit;

    @Option(names = "--markdown", paramLabel = "F", description = "Write Markdown.")
    private @Nullable Path markdown;

    @Option(names = "--json", paramLabel = "F", description = "Write the verdict as JSON.")
    private @Nullable Path json;

    SubmitCommand(Console console, Settings settings) {
        this.console = console;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        Duration patience = ServerOption.span("--timeout", timeout);
        Points pass = pass();
        requireSense();
        Map<String, String> request = request();
        try (LabClient client = server.client(settings, console)) {
            Instant until = Instant.now().plus(patience);
            console.lastWords()
                    .say(() -> "Interrupted: perhaps it was handed in. ./lab status --server " + server.address()
                            + " says; whoever hands in the same commit again loses nothing.");
            LabClient.Taken taken = client.submit(request, key(request), until);
            say("submission " + taken.submission() + ": " + taken.ref() + " at "
                    + taken.commit().substring(0, Math.min(10, taken.commit().length())) + ", grading "
                    + taken.grading());
            if (!wait) {
                console.out().println("report: " + taken.report());
                console.out().println("or: ./lab status --server " + server.address() + " " + taken.submission());
                return ExitCode.DONE.code();
            }
            console.lastWords()
                    .say(() -> "It goes on without you: ./lab status --server " + server.address() + " "
                            + taken.submission());
            GradingState end = client.follow(taken.grading(), this::say, until);
            if (!end.state().equals("done")) {
                say(end.words());
                return ExitCode.SUBMISSION_REFUSED.code();
            }
            int code = verdict(client, taken.grading(), pass);
            console.out().println("report: " + taken.report());
            return code;
        } catch (ServerSaid said) {
            return ServerOption.said(console, said);
        } finally {
            console.out().flush();
        }
    }

    private void say(String line) {
        console.err().println(line);
    }

    private Points pass() {
        try {
            return minScore == null ? Points.ZERO : Points.parse(minScore);
        } catch (IllegalArgumentException wrong) {
            throw new WrongUse("--min-score takes points such as 25 or 12.5, not '" + minScore + "'.");
        }
    }

    private void requireSense() {
        if (!wait && (minScore != null || files().findAny().isPresent())) {
            throw new WrongUse("--min-score, --junit, --markdown and --json are about the verdict: add --wait.");
        }
        String sha = commit;
        if (sha != null && !sha.matches("[0-9a-f]{40}")) {
            throw new WrongUse("--commit takes the 40 hex digits of a commit, not '" + sha + "'.");
        }
        files().forEach(file -> OutputFiles.requireFile(file, "verdict"));
    }

    private Stream<Path> files() {
        return Stream.of(junit, markdown, json).filter(Objects::nonNull);
    }

    private Map<String, String> request() {
        Map<String, String> request = new LinkedHashMap<>();
        request.put("lab", lab);
        put(request, "course", course);
        put(request, "student", student);
        put(
                request,
                "commit",
                commit != null
                        ? commit
                        : first(COMMITS)
                                .filter(one -> one.matches("[0-9a-f]{40}"))
                                .orElse(null));
        return request;
    }

    private static void put(Map<String, String> request, String field, @Nullable String value) {
        if (value != null) {
            request.put(field, value);
        }
    }

    private java.util.Optional<String> first(List<String> variables) {
        return variables.stream()
                .map(name -> settings.variables().getOrDefault(name, ""))
                .filter(value -> !value.isBlank())
                .findFirst();
    }

    /** The same for each try of a step of CI; outside of CI another one each time. */
    private String key(Map<String, String> request) {
        URI address = server.address();
        return first(RUNS)
                .map(run -> "ci-"
                        + Sha256.hex(digest(Stream.concat(Stream.of(address.toString(), run), request.values().stream())
                                .collect(Collectors.joining("\n")))))
                .orElseGet(() -> "cli-" + UUID.randomUUID());
    }

    private static java.security.MessageDigest digest(String text) {
        java.security.MessageDigest digest = Sha256.begin();
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        return digest;
    }

    private int verdict(LabClient client, long grading, Points pass) {
        String document = client.verdict(grading, "application/json");
        VerdictFacts facts = VerdictFacts.of(document);
        facts.lines().forEach(console.out()::println);
        if (json != null) {
            OutputFiles.save(json, document);
        }
        if (junit != null) {
            OutputFiles.save(junit, client.verdict(grading, "application/xml"));
        }
        String summary = settings.variables().getOrDefault("GITHUB_STEP_SUMMARY", "");
        if (markdown != null || !summary.isBlank()) {
            String text = client.verdict(grading, "text/markdown");
            if (markdown != null) {
                OutputFiles.save(markdown, text);
            }
            if (!summary.isBlank()) {
                append(Path.of(summary), text);
            }
        }
        return switch (facts.outcome()) {
            case "graded" -> (facts.earned().compareTo(pass) < 0 ? ExitCode.BELOW_MIN_SCORE : ExitCode.DONE).code();
            case "refused" -> ExitCode.SUBMISSION_REFUSED.code();
            default -> ExitCode.SYSTEM_BROKE.code();
        };
    }

    /** A summary that cannot be written keeps no verdict back. */
    private void append(Path summary, String text) {
        try {
            Files.writeString(summary, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException problem) {
            say("note: GITHUB_STEP_SUMMARY cannot be written: " + problem.getMessage());
        }
    }
}
