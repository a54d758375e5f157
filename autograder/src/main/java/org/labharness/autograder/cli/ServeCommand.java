package org.labharness.autograder.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.course.LiveCourses;
import org.labharness.autograder.queue.Budget;
import org.labharness.autograder.serve.LabServer;
import org.labharness.autograder.serve.ServerOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./lab serve}. */
@Command(
        name = "serve",
        description =
                "Takes pushes and grades them: students push to a Git repository of their own here, and the answer of their push tells"
                        + " live what it is worth and why. Runs until it is ended.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./lab serve --course course.yaml",
            "  ./lab serve --course a/course.yaml --course b/course.yaml --bind 0.0.0.0 --port 8443 --config serve.yaml",
            "  ./lab token issue --student CS21B001        the password of their push",
            "",
            "/health says whether it is alive, /ready whether it can grade, /metrics gives numbers to Prometheus. What --config FILE",
            "may say is in docs/push-to-grade.md. Log lines are JSON on stdout.",
            "",
            "Exit codes: 2 wrong use, an invalid course or setting, 4 the system broke; it ends by Ctrl-C or a signal."
        })
final class ServeCommand implements Callable<Integer> {
    private final Console console;
    private final Settings settings;

    @Option(
            names = "--course",
            paramLabel = "F",
            description = "A course's description; once for each course. Default: course.yaml in this folder.")
    private List<Path> courses = new ArrayList<>();

    @Mixin
    private DatabaseOption database = new DatabaseOption();

    @Mixin
    private AtOnceOption parallel = new AtOnceOption();

    @Mixin
    private SandboxOptions sandbox = new SandboxOptions();

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            description = "Where to listen. Default: 127.0.0.1, this machine alone.")
    private @Nullable String bind;

    @Option(names = "--port", paramLabel = "N", description = "Default: 8080. 0 takes one that is free.")
    private @Nullable Integer port;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings: application.yaml or application.properties.")
    private @Nullable Path config;

    ServeCommand(Console console, Settings settings) {
        this.console = console;
        this.settings = settings;
    }

    @Override
    public Integer call() throws InterruptedException {
        requireSense();
        LiveCourses live = courses();
        StateFolder.made(settings);
        CountDownLatch end = new CountDownLatch(1);
        ServeMachinery machinery = new ServeMachinery(
                console, settings, database, sandbox, parallel.of(Budget.ofMachine(), live.labs()), live);
        LabServer server = LabServer.start(
                new ServerOptions(settings.home(), Version.NUMBER, live, bind, port, config), machinery);
        console.lastWords()
                .say(() -> "Ending: no more pushes are taken; what was being graded is begun again at the next start.");
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "end-of-serve"));
        end.await(); // until a signal
        return ExitCode.DONE.code();
    }

    private void requireSense() {
        parallel.requireSense();
        if (courses.isEmpty()) {
            courses = List.of(Path.of("course.yaml"));
        }
        if (port != null && (port < 0 || port > 65_535)) {
            throw new WrongUse("--port takes 0 to 65535, not " + port + ".");
        }
        Path file = config;
        if (file != null && !Files.isReadable(file)) {
            throw new WrongUse(
                    "There is no file " + file.toAbsolutePath().normalize() + " that can be read (--config).");
        }
        if (file != null && !String.valueOf(file.getFileName()).matches(".*\\.(ya?ml|properties)")) {
            throw new WrongUse("--config takes a file that ends in .yaml, .yml or .properties, not " + file + ".");
        }
    }

    private LiveCourses courses() {
        courses.forEach(CourseOptions::requireThere);
        LiveCourses live = LiveCourses.read(courses, CourseOptions.bundled(settings), InstantSource.system());
        CourseOptions.requireDifferent(live.courses());
        return live;
    }
}
