package org.labharness.autograder.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.client.GradingState;
import org.labharness.autograder.client.LabClient;
import org.labharness.autograder.client.ServerSaid;
import org.labharness.autograder.ledger.Grading;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.GradingStore;
import org.labharness.lab.LabId;
import org.labharness.lab.course.Course;
import org.labharness.lab.load.CourseLoader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./lab status}. */
@Command(
        name = "status",
        description =
                "What waits to be graded, runs and is over: on a server, as far as the token may see it, or in the course's own database.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./lab status --server https://lab.example.org 17",
            "  ./lab status --server https://lab.example.org --lab dvc-pipeline",
            "  ./lab status --course mlops/course.yaml",
            "",
            "The token is taken from the variable LAB_TOKEN; without --server none is needed.",
            "",
            "Exit codes: 0 shown, 2 wrong use or no such grading, 4 the system broke."
        })
final class StatusCommand implements Callable<Integer> {
    private static final int MOST = 50;
    private static final int LONGEST = 300;

    private final Console console;
    private final Settings settings;

    @Mixin
    private ServerOption server = new ServerOption();

    @Parameters(arity = "0..1", paramLabel = "GRADING", description = "The number of a grading. Default: the newest.")
    private @Nullable Long grading;

    @Option(names = "--lab", paramLabel = "ID", description = "Gradings of one lab alone.")
    private @Nullable String lab;

    @Option(
            names = "--course",
            paramLabel = "F",
            defaultValue = CourseLoader.FILE,
            description = "Without --server: the course's description. Default: ${DEFAULT-VALUE} in this folder.")
    private Path course = Path.of(CourseLoader.FILE);

    @Mixin
    private DatabaseOption database = new DatabaseOption();

    StatusCommand(Console console, Settings settings) {
        this.console = console;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        if (grading != null && lab != null) {
            throw new WrongUse("Name a grading or --lab, not both.");
        }
        try {
            show(server.named() ? ofServer() : ofDatabase());
            return ExitCode.DONE.code();
        } catch (ServerSaid said) {
            return ServerOption.said(console, said);
        } finally {
            console.out().flush();
        }
    }

    private List<GradingState> ofServer() {
        try (LabClient client = server.client(settings, console)) {
            return grading == null ? client.gradings(lab) : List.of(client.grading(grading));
        }
    }

    private List<GradingState> ofDatabase() {
        Course known = CourseOptions.of(course, database).load(settings);
        LabId of = lab == null ? null : CourseOptions.lab(known, lab).id();
        try (Database opened = database.open(settings, console)) {
            GradingStore store = new GradingStore(opened);
            List<Grading> found = grading == null ? store.latest(known.id(), of, null, MOST) : one(store, known);
            return found.stream().map(one -> state(one, store)).toList();
        }
    }

    private List<Grading> one(GradingStore store, Course known) {
        Optional<Grading> one = Optional.ofNullable(grading)
                .flatMap(store::grading)
                .filter(found -> found.course().equals(known.id()));
        return List.of(one.orElseThrow(() -> new WrongUse("The course " + known.id() + " has no grading " + grading
                + ". ./lab status without a number lists the newest.")));
    }

    private static GradingState state(Grading one, GradingStore store) {
        return new GradingState(
                one.id(),
                one.submission(),
                one.lab().value(),
                one.owner().toString(),
                one.state().code(),
                one.over(),
                one.state() == Grading.State.WAITING ? store.position(one.id()) : 0,
                PlainText.line(one.step(), LONGEST),
                PlainText.line(one.message(), LONGEST));
    }

    private void show(List<GradingState> states) {
        if (states.isEmpty()) {
            console.out().println("Nothing was asked to be graded yet" + (lab == null ? "." : " for " + lab + "."));
            return;
        }
        states.forEach(one -> console.out()
                .println(one.id() + "  " + one.owner().replaceFirst("^student:", "") + "  " + one.lab()
                        + "  submission " + one.submission() + "  " + one.words()));
        if (states.size() > 1) {
            long waiting = count(states, "waiting");
            long running = count(states, "running");
            console.out()
                    .println(waiting + " waiting, " + running + " running, " + (states.size() - waiting - running)
                            + " over, the newest first");
        }
    }

    private static long count(List<GradingState> states, String state) {
        return states.stream().filter(one -> one.state().equals(state)).count();
    }
}
