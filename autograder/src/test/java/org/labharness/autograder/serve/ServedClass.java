package org.labharness.autograder.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.archive.Archive;
import org.labharness.autograder.cli.Tiny;
import org.labharness.autograder.course.LiveCourses;
import org.labharness.autograder.intake.Filing;
import org.labharness.autograder.intake.Freezer;
import org.labharness.autograder.job.GradingJob;
import org.labharness.autograder.job.GradingJob.Sandboxed;
import org.labharness.autograder.ledger.Attempt;
import org.labharness.autograder.queue.Budget;
import org.labharness.autograder.queue.Worker;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.RosterChange;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.roster.TeamId;
import org.labharness.autograder.sample.SampleEvidence;
import org.labharness.autograder.sample.SampleOutcomes;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.DatabaseAddress;
import org.labharness.autograder.store.LedgerStore;
import org.labharness.autograder.store.RosterStore;
import org.labharness.autograder.store.TokenStore;
import org.labharness.autograder.token.AccessToken;
import org.labharness.autograder.token.Scope;
import org.labharness.autograder.token.TokenText;
import org.labharness.lab.Lab;
import org.labharness.lab.course.Course;
import org.labharness.lab.load.CourseLoader;
import org.labharness.lab.load.LabLoader;
import org.labharness.pipeline.Progress;
import org.labharness.pipeline.Step;
import org.labharness.pipeline.SystemBroke;

/**
 * A course behind a real server on a port of its own: real database, real queue, real Git, and a scripted sandbox. Ada and Bo are the
 * team alpha, Cy works alone, and so do s0, s1 and so on.
 */
public final class ServedClass implements AutoCloseable {
    public static final String LABS = """
                  - {lab: open}
                  - {lab: once, attempts: {most: 1}}
                  - {lab: slowly, attempts: {cool-down: 2h}}
                  - {lab: early, opens: 2099-01-01, due: 2099-02-01}
                  - {lab: late, due: 2020-01-01, late: refused}
                  - {lab: team, team: true}
            """;

    /** Tomcat's own, which Spring Boot would have turned to SLF4J: kept, for settings of loggers that nobody holds are lost. */
    private static final Logger TOMCAT = Logger.getLogger("org.apache");

    static {
        TOMCAT.setLevel(Level.OFF);
    }

    private static final int MORE = 40;

    private final Path folder;
    private final Course course;
    private final Map<org.labharness.lab.LabId, Lab> labs;
    private final List<String> said = new CopyOnWriteArrayList<>();
    private String settings = "";
    private Map<String, String> variables = Map.of();
    private volatile @Nullable SystemBroke trouble;
    private volatile Sandboxed sandboxed;
    private @Nullable LabServer server;
    private @Nullable Database database;

    public ServedClass(Path folder) throws IOException {
        this.folder = folder;
        Path labFolder = Files.createDirectories(folder.resolve("labs"));
        for (String id : List.of("open", "once", "slowly", "early", "late", "team")) {
            Path lab = Tiny.lab(labFolder.resolve(id), "60s");
            Path description = lab.resolve("lab.yaml");
            Files.writeString(description, Files.readString(description).replaceFirst("(?m)^id: .*$", "id: " + id));
        }
        Path description = Files.writeString(description(), """
                id: mlops
                title: MLOps
                time-zone: Asia/Kolkata
                components:
                  all:
                    title: Labs
                    weight: 100
                    labs:
                """ + LABS.indent(4).replace("lab: ", "lab: labs/"));
        this.course = CourseLoader.load(description, name -> Optional.empty());
        this.labs = course.labs().stream()
                .collect(Collectors.toMap(
                        one -> one.id(), one -> LabLoader.load(java.util.Objects.requireNonNull(one.lab()))));
        this.sandboxed = this::graded;
        try (Database made = Database.open(address())) {
            RosterStore rosters = new RosterStore(made);
            rosters.note(course, Instant.now());
            TeamId alpha = TeamId.parse("alpha");
            roster(
                    made,
                    Stream.concat(
                                    Stream.of(student("ada", alpha), student("bo", alpha), student("cy", null)),
                                    IntStream.range(0, MORE).mapToObj(i -> student("s" + i, null)))
                            .toList());
        }
    }

    private static Student student(String id, @Nullable TeamId team) {
        return new Student(
                StudentId.parse(id), id, null, team, null, null, Map.of(), Map.of(), java.util.Set.of(), false);
    }

    private void roster(Database where, List<Student> students) {
        RosterStore rosters = new RosterStore(where);
        rosters.apply(
                course.id(),
                RosterChange.between(rosters.read(course.id()), new Roster(students)),
                "roster.csv",
                "staff",
                Instant.now());
    }

    /** Lets a student leave the course. */
    public void leaves(String id) {
        roster(
                database(),
                new RosterStore(database())
                        .read(course.id()).students().stream()
                                .filter(one -> !one.id().value().equals(id))
                                .toList());
    }

    /** Lines of a file of settings, for the next start. */
    public ServedClass with(String lines) {
        settings = lines;
        return this;
    }

    /** The environment of the next start. */
    public ServedClass variables(Map<String, String> environment) {
        variables = Map.copyOf(environment);
        return this;
    }

    /** Why nothing can be graded, from now on. */
    public ServedClass trouble(SystemBroke why) {
        trouble = why;
        return this;
    }

    /** What becomes of gradings from now on. */
    public ServedClass grading(Sandboxed with) {
        sandboxed = with;
        return this;
    }

    public ServedClass start() {
        return start(0);
    }

    public ServedClass start(int port) {
        try {
            Path config = Files.writeString(folder.resolve("serve.properties"), settings);
            server = LabServer.start(
                    new ServerOptions(
                            home(),
                            "test",
                            LiveCourses.read(List.of(description()), name -> Optional.empty(), InstantSource.system()),
                            null,
                            port,
                            config),
                    new Scripted());
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void stop() {
        LabServer running = server;
        server = null;
        if (running != null) {
            running.close();
        }
    }

    /** The course's file, which may be edited while the server runs. */
    public Path description() {
        return folder.resolve("course.yaml");
    }

    public Path home() {
        return folder.resolve("home");
    }

    private DatabaseAddress address() {
        return DatabaseAddress.file(home());
    }

    public URI address(String path) {
        return java.util.Objects.requireNonNull(server).address().resolve(path);
    }

    /** Where somebody's work for a lab is pushed to. */
    public String repository(String who, String lab) {
        return address("/git/mlops/" + who + "/" + lab + ".git").toString();
    }

    public String token(String student) {
        return token(StudentId.parse(student), Scope.STUDENT);
    }

    public String token(@Nullable StudentId student, Scope scope) {
        TokenText text = TokenText.random();
        new TokenStore(database())
                .issue(Map.of(
                        new AccessToken(
                                text.id(), course.id(), student, scope, "", "test", Instant.now(), null, null, null),
                        text));
        return text.reveal();
    }

    public void revoke(String token) {
        new TokenStore(database())
                .revoke(course.id(), TokenText.parse(token).orElseThrow().id(), "test", Instant.now());
    }

    public Database database() {
        return java.util.Objects.requireNonNull(database);
    }

    public List<Attempt> attempts() {
        return new LedgerStore(database()).read(course.id()).attempts();
    }

    /** Of one owner. */
    public List<Attempt> attempts(String owner) {
        return attempts().stream().filter(one -> one.owner().id().equals(owner)).toList();
    }

    public Course course() {
        return course;
    }

    public Lab lab(String id) {
        return java.util.Objects.requireNonNull(labs.get(org.labharness.lab.LabId.parse(id)));
    }

    /** What those who run the server are told. */
    public List<String> said() {
        return List.copyOf(said);
    }

    /** Good work, and what is heard of it while it runs. */
    public org.labharness.autograder.report.Outcome graded(
            org.labharness.autograder.grading.GradeRequest request, Progress progress) {
        progress.on(new Progress.Event.StepStarted(Step.CHECKOUT));
        progress.on(new Progress.Event.StepEnded(Step.CHECKOUT, 0.1));
        progress.on(new Progress.Event.StageStarted("", "train"));
        return SampleOutcomes.graded(request.student(), new SampleEvidence().build(), request.lab());
    }

    private final class Scripted implements Machinery {
        private @Nullable Worker worker;

        @Override
        public Archive archive() {
            return new Archive(home(), InstantSource.system());
        }

        @Override
        public Database database(@Nullable String url) {
            Database opened = Database.open(address());
            database = opened;
            return opened;
        }

        @Override
        public Map<String, String> variables() {
            return variables;
        }

        @Override
        public Worker worker(Database where) {
            GradingJob job = new GradingJob(
                    where,
                    new Freezer(archive(), Map.of(), InstantSource.system()),
                    any -> new Filing(where, archive(), course.id(), "test", InstantSource.system()),
                    grading -> java.util.Objects.requireNonNull(labs.get(grading.lab())),
                    (request, progress) -> sandboxed.grade(request, progress),
                    String::valueOf);
            Worker made = new Worker(
                    where,
                    home(),
                    List.of(course.id()),
                    4,
                    new Budget(Long.MAX_VALUE, 1_000),
                    job,
                    InstantSource.system());
            worker = made;
            return made;
        }

        @Override
        public Optional<SystemBroke> trouble() {
            return Optional.ofNullable(trouble);
        }

        @Override
        public void say(String sentence) {
            said.add(sentence);
        }

        @Override
        public void close() {
            if (worker != null) {
                worker.close();
            }
            if (database != null) {
                database.close();
            }
        }
    }

    /** How long a test waits for what it waits for. */
    public static Duration patience() {
        return Duration.ofSeconds(60);
    }

    @Override
    public void close() {
        stop();
    }
}
