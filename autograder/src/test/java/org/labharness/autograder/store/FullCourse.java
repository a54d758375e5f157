package org.labharness.autograder.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.archive.Archive;
import org.labharness.autograder.challenge.EntryRule;
import org.labharness.autograder.challenge.MeasuredSample;
import org.labharness.autograder.challenge.Received;
import org.labharness.autograder.challenge.Refused;
import org.labharness.autograder.challenge.Result;
import org.labharness.autograder.ledger.EvaluationFact;
import org.labharness.autograder.ledger.GradeOverride.Kind;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.ledger.PushFact;
import org.labharness.autograder.ledger.RunFact;
import org.labharness.autograder.ledger.SubmissionFact;
import org.labharness.autograder.ledger.Way;
import org.labharness.autograder.roster.Extension;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.RosterChange;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.roster.TeamId;
import org.labharness.autograder.sample.SampleEvidence;
import org.labharness.autograder.store.CollectionStore.Collected;
import org.labharness.autograder.store.DecisionStore.NewMark;
import org.labharness.autograder.store.RosterBatchStore.Order;
import org.labharness.autograder.token.AccessToken;
import org.labharness.autograder.token.Scope;
import org.labharness.autograder.token.TokenText;
import org.labharness.lab.CheckId;
import org.labharness.lab.LabId;
import org.labharness.lab.Points;
import org.labharness.lab.Support;
import org.labharness.lab.Verdict;
import org.labharness.lab.challenge.ChallengeId;
import org.labharness.lab.challenge.Quota;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseId;
import org.labharness.pipeline.ThrowawayFolder;

/** A course of three students of which every table holds something: Ada and Bo are a team, Cy works alone. */
public final class FullCourse {
    public static final CourseId COURSE = CourseId.parse("mlops");
    public static final LabId LAB = LabId.parse("dvc-pipeline");
    public static final LabId VIVA = LabId.parse("viva");
    public static final StudentId ADA = StudentId.parse("CS21B001");
    public static final StudentId BO = StudentId.parse("CS21B002");
    public static final StudentId CY = StudentId.parse("cy@example.org");
    public static final Owner TEAM = new Owner.OfTeam(TeamId.parse("alpha"));
    private static final Instant NOON = Instant.parse("2026-09-10T12:00:00.123456Z");

    private final Database database;
    private final Archive archive;

    private FullCourse(Database database, Archive archive) {
        this.database = database;
        this.archive = archive;
    }

    /** Fills an empty database and store. */
    public static void fill(Database database, Archive archive) {
        new FullCourse(database, archive).fill();
    }

    /** Another course, of which nothing is known but that it is there. */
    public static Course other() {
        return SampleCourse.named("other");
    }

    private static Student student(StudentId id, String name, @Nullable TeamId team) {
        return new Student(
                id,
                name,
                name.split(" ", -1)[0].toLowerCase(java.util.Locale.ROOT) + "@example.org",
                team,
                "B",
                "https://git.example.org/{lab}/{student}.git",
                Map.of(LAB, "https://elsewhere.example.org/" + id + ".git"),
                Map.of(LAB, new Extension.Span(Duration.ofDays(2))),
                Set.of(),
                false);
    }

    private void fill() {
        RosterStore rosters = new RosterStore(database);
        rosters.note(SampleCourse.named("mlops"), NOON);
        TeamId alpha = TeamId.parse("alpha");
        Roster roster = new Roster(List.of(
                student(ADA, "Ada Ünlü", alpha), student(BO, "Bo Li", alpha), student(CY, "Cy \"Q\" O'Neil", null)));
        rosters.apply(COURSE, RosterChange.between(Roster.EMPTY, roster), "roster.csv", "staff", NOON);
        graded(new Owner.OfStudent(ADA), "ada");
        graded(new Owner.OfStudent(CY), "cy");
        graded(TEAM, "team");
        batch();
        decide();
        challenge();
        pushed();
        asked();
        webhooks();
        new ReleaseStore(database)
                .release(
                        COURSE,
                        LAB.value(),
                        "staff",
                        "",
                        NOON,
                        Map.of(ADA, "{\"name\": \"Ada Ünlü\"}", BO, "{}", CY, "{\"name\": \"Cy\"}"));
    }

    private void graded(Owner owner, String name) {
        SubmissionStore store = new SubmissionStore(database);
        String bundle = bundle("bundle of " + name);
        long submission = store.submission(
                COURSE,
                new SubmissionFact(LAB, owner, "/home/" + name + "/work", "main", name, "refs", NOON, bundle),
                NOON);
        SampleEvidence evidence = new SampleEvidence();
        evidence.notRun = name;
        long run = store.run(
                submission,
                new RunFact(
                        "run",
                        "images",
                        1,
                        RunFact.End.GRADED,
                        "",
                        "",
                        archive.keep(evidence.build()),
                        List.of("Tree[]", "Stages[]"),
                        NOON));
        Verdict verdict = new Verdict(
                CheckId.parse("runs"),
                "It runs",
                Points.parse("40.25"),
                Points.of(50),
                Support.REPRODUCED,
                null,
                "It ran in /home/" + name + "/work:\n\ttabs, \"quotes\", ünïcode \ud83d\ude00, 'n' \\n.",
                "",
                null);
        long evaluation = store.evaluation(
                run,
                new EvaluationFact(
                        "rubric",
                        "0.1",
                        Points.parse("40.25"),
                        Points.of(50),
                        Points.of(2),
                        true,
                        List.of(verdict),
                        NOON));
        store.stands(submission, evaluation, "harness", "", NOON);
    }

    /** What Ada asked for is over, what the class was graded for waits. */
    private void batch() {
        GradingStore store = new GradingStore(database);
        new SubmissionStore(database).packages(1, "packages");
        long own = store.ask(1, Way.PUSH, ADA.value(), "Ada Ünlü pushed", false, 0, NOON)
                .grading();
        store.done(own, "", "graded: 40.25 of 50 for CS21B001", NOON);
        RosterBatchStore batches = new RosterBatchStore(database, COURSE);
        long batch = batches.begin(new Order(List.of(LAB), List.of(ADA, BO), NOON, true, "staff"), NOON)
                .id();
        batches.add(batch, store.ask(2, Way.BATCH, "staff", "", false, 0, NOON).grading());
        new CollectionStore(database, COURSE)
                .note(LAB, new Owner.OfStudent(ADA), new Collected(NOON, NOON, null, "network", "ada's host is down"));
    }

    private String bundle(String content) {
        try (ThrowawayFolder scratch = archive.scratch()) {
            return archive.keepBundle(Files.writeString(scratch.path().resolve("b"), content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void pushed() {
        TokenText text = TokenText.random();
        AccessToken token = new AccessToken(
                text.id(), COURSE, ADA, Scope.STUDENT, "Ada's laptop", "staff", NOON, NOON.plusSeconds(9), null, null);
        new TokenStore(database).issue(Map.of(token, text));
        new PushStore(database, COURSE).note(new PushFact(LAB, TEAM, ADA, text.id(), NOON, PushFact.ACCEPTED, 3L));
    }

    /** What a program of Ada's asked for. */
    private void asked() {
        ApiRequestStore store = new ApiRequestStore(database);
        ApiRequestStore.RequestKey key = new ApiRequestStore.RequestKey("token", "key of Ada");
        store.claim(COURSE, new Owner.OfStudent(ADA), key, "body", NOON, NOON);
        store.answered(key, new ApiRequestStore.Answer(202, "", "", 1L, 1L));
    }

    private void challenge() {
        ChallengeId wine = ChallengeId.parse("wine");
        ChallengeStore store = new ChallengeStore(database, COURSE, wine);
        store.note("split", NOON);
        EntryRule rule = new EntryRule(new Quota(5, null), ZoneOffset.UTC);
        Received received =
                new Received(TEAM, ADA, NOON, "p.csv", archive.keepPredictions("id,prediction".getBytes(UTF_8)));
        store.enter(received, "predictions", "labels", MeasuredSample.of(3, 7), rule);
        store.refuse(received, new Refused(Refused.Code.SAME, "Ünlü's again"), rule.day(NOON));
        store.choose(TEAM, List.of(1L), ADA, NOON);
        new ResultStore(database, COURSE, wine)
                .put(List.of(new Result(TEAM, 1, new BigDecimal("0.91"))), "results.csv", "staff", NOON);
    }

    private void webhooks() {
        WebhookStore store = new WebhookStore(database);
        for (Owner owner : List.of(new Owner.OfStudent(ADA), TEAM)) {
            String id = owner.getClass().getSimpleName();
            store.accept(
                    new WebhookStore.Delivery(COURSE, "github", id, "digest of " + id, NOON),
                    List.of(new WebhookStore.Pushed(
                            LAB, owner, "https://git.example.org/" + owner, "refs/heads/main", "c0ffee", true)));
            new ForgeReportStore(database)
                    .add(
                            new ForgeReportStore.Report(
                                    COURSE,
                                    LAB,
                                    owner,
                                    new ForgeReportStore.About.OfGrading(
                                            owner.toString().length()),
                                    ForgeReportStore.Status.PENDING,
                                    "https://git.example.org/" + owner,
                                    "c0ffee",
                                    "Received",
                                    "https://lab.example.org/r/" + owner),
                            "",
                            NOON);
        }
        lost(store);
    }

    /** A push of Ada's that came to nothing, which her forge is to be told. */
    private void lost(WebhookStore store) {
        WebhookStore.Receipt receipt =
                store.claim("grader-1/5f3a9c0e", NOON, NOON.plusSeconds(60)).orElseThrow();
        store.ended(receipt, WebhookStore.Status.REFUSED, "Ada's repository is empty", null);
        new ForgeReportStore(database)
                .add(
                        new ForgeReportStore.Report(
                                COURSE,
                                LAB,
                                receipt.pushed().owner(),
                                new ForgeReportStore.About.OfReceipt(receipt.number()),
                                ForgeReportStore.Status.FAILURE,
                                receipt.pushed().repository(),
                                receipt.pushed().commit(),
                                "Not graded: Ada's repository is empty",
                                ""),
                        "",
                        NOON);
        new ForgeReportStore(database).claim("grader-1/5f3a9c0e", NOON, NOON.plusSeconds(90));
    }

    private void decide() {
        DecisionStore store = new DecisionStore(database);
        store.marks(
                COURSE,
                List.of(
                        new NewMark(
                                VIVA,
                                new Owner.OfStudent(ADA),
                                "tools",
                                "grader",
                                false,
                                Points.parse("0.5"),
                                "Ada was ill"),
                        new NewMark(VIVA, new Owner.OfStudent(CY), "tools", "grader", true, null, "")),
                NOON);
        store.override(
                COURSE,
                CY,
                LAB,
                Kind.ADD,
                new BigDecimal("-1.25"),
                "chief",
                "Cy copied from CS21B001, not from CS21B0012",
                NOON);
        long back = store.override(COURSE, ADA, LAB, Kind.EXCUSE, null, "chief", "Ada Ünlü is ill", NOON);
        store.takeBack(COURSE, back, "chief", "Ada was well", NOON);
    }
}
