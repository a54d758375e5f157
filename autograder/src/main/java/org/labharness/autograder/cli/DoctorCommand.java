package org.labharness.autograder.cli;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.labharness.autograder.reach.ReachReport;
import org.labharness.autograder.reach.RosterReach;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.RosterStore;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseLab;
import org.labharness.pipeline.SteadyClock;
import org.labharness.pipeline.checkout.RepositoryReach;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./lab doctor --course F}; the launcher itself explains the machine. */
@Command(
        name = "doctor",
        hidden = true,
        description =
                "Asks for every repository of the course's roster with the harness's credentials, fetching nothing, and lists"
                        + " what cannot be read by kind, with what to do. Without --course it explains the machine.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./lab doctor --course mlops/course.yaml",
            "  ./lab doctor --course mlops/course.yaml --lab dvc-pipeline --timeout 60",
            "",
            "Exit codes: 0 every repository can be read, 2 wrong use or an invalid course, 4 one cannot, or the system broke."
        })
final class DoctorCommand implements Callable<Integer> {
    private static final int MOST_AT_ONCE = 64;
    private static final int LONGEST_SECONDS = 600;

    private final Console console;
    private final Settings settings;

    @Mixin
    private CourseOptions options = new CourseOptions();

    @Option(
            names = "--lab",
            paramLabel = "ID",
            description =
                    "Only this lab, also when it is not open yet; may be given again. Default: all that are open.")
    private List<String> labs = new ArrayList<>();

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "8",
            description = "Repositories at once. Default: ${DEFAULT-VALUE}.")
    private int parallel = 8;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "How long each may take. Default: ${DEFAULT-VALUE}.")
    private int seconds = 30;

    DoctorCommand(Console console, Settings settings) {
        this.console = console;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        inRange("--parallel", parallel, MOST_AT_ONCE);
        inRange("--timeout", seconds, LONGEST_SECONDS);
        Course course = options.load(settings);
        List<CourseLab> chosen =
                labs.stream().map(id -> CourseOptions.lab(course, id)).toList();
        Roster roster = roster(course);
        if (roster.students().isEmpty()) {
            throw new WrongUse("The roster of " + course.id() + " is empty. Import one: ./lab roster F.csv --apply.");
        }
        InstantSource clock = InstantSource.system();
        RepositoryReach reach = new RepositoryReach(settings.variables(), new SteadyClock());
        Duration patience = Duration.ofSeconds(seconds);
        ReachReport report = new RosterReach(course, roster, chosen, clock.instant())
                .ask(address -> reach.references(address, patience), parallel, new ReachProgress(console, clock));
        console.out().print(report.text(course));
        console.out().flush();
        return (report.isWhole() ? ExitCode.DONE : ExitCode.SYSTEM_BROKE).code();
    }

    /** The database is not held while repositories are asked for. */
    private Roster roster(Course course) {
        try (Database database = options.open(settings, console)) {
            return new RosterStore(database).read(course.id());
        }
    }

    private static void inRange(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw new WrongUse(option + " takes 1 to " + most + ", not " + value + ".");
        }
    }
}
