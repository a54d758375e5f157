package org.labharness.autograder.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.labharness.autograder.intake.Filing;
import org.labharness.autograder.ledger.Attempt;
import org.labharness.autograder.ledger.EvaluationFact;
import org.labharness.autograder.ledger.GradeOverride;
import org.labharness.autograder.ledger.Grading;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.ledger.RunFact;
import org.labharness.autograder.ledger.SubmissionFact;
import org.labharness.autograder.ledger.Way;
import org.labharness.autograder.report.Outcome;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.RosterChange;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.sample.SampleOutcomes;
import org.labharness.autograder.store.CollectionStore;
import org.labharness.autograder.store.CollectionStore.Collected;
import org.labharness.autograder.store.DecisionStore;
import org.labharness.autograder.store.ForgeReportStore;
import org.labharness.autograder.store.GradingStore;
import org.labharness.autograder.store.RosterStore;
import org.labharness.autograder.store.SubmissionStore;
import org.labharness.autograder.store.WebhookStore;
import org.labharness.autograder.token.Scope;
import org.labharness.autograder.token.TokenText;
import org.labharness.lab.CheckId;
import org.labharness.lab.LabId;
import org.labharness.lab.Points;
import org.labharness.lab.Support;
import org.labharness.lab.Untestable;
import org.labharness.lab.Verdict;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.checkout.RepositoryBuilder;
import org.labharness.pipeline.sandbox.docker.Eventually;

/** The page of staff on a server, and its button. */
class StaffPageTests {
    private static final String HOSTILE = "<script>alert(1)</script>\"' onload=x \u202E\u001B[31m" + "x".repeat(5_000);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final AtomicInteger WORK = new AtomicInteger();

    @TempDir
    static Path folder;

    private static ServedClass served;
    private static HttpClient client;
    private static String staff;

    /** Whoever has handed in nothing yet. */
    private String who;

    @BeforeAll
    static void serve() throws IOException {
        served = new ServedClass(folder.resolve("served")).start();
        client = HttpClient.newHttpClient();
        staff = served.token((StudentId) null, Scope.STAFF);
    }

    @AfterAll
    static void end() {
        client.close();
        served.close();
    }

    @BeforeEach
    void another() {
        who = "s" + WORK.getAndIncrement();
    }

    private static HttpRequest.Builder asking(URI where, @Nullable String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(where);
        return token == null
                ? request
                : request.header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(("any body:" + token).getBytes(StandardCharsets.UTF_8)));
    }

    private static HttpResponse<String> get(String path, @Nullable String token) throws Exception {
        return client.send(asking(served.address(path), token).build(), BodyHandlers.ofString());
    }

    private static String page() throws Exception {
        HttpResponse<String> answer = get("/staff/mlops", staff);
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private static HttpResponse<String> post(String path, @Nullable String token, Map<String, String> fields)
            throws Exception {
        String form = fields.entrySet().stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return client.send(
                asking(served.address(path), token)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
    }

    private SubmissionStore submissions() {
        return new SubmissionStore(served.database());
    }

    /** Work that was handed in, of which something is kept. */
    private long submission(@Nullable Instant received, String ref) {
        return submission("open", received, ref);
    }

    private long submission(String lab, @Nullable Instant received, String ref) {
        return submissions()
                .submission(
                        served.course().id(),
                        new SubmissionFact(
                                LabId.parse(lab),
                                new Owner.OfStudent(StudentId.parse(who)),
                                "https://git.example.org/" + who + ".git",
                                ref,
                                String.format("%040x", WORK.get()),
                                "refs",
                                received,
                                "ab".repeat(32)),
                        Instant.now());
    }

    private long run(long submission, RunFact.End end, String code, String message, Instant ended) {
        return submissions()
                .run(submission, new RunFact("run", "images", 0, end, code, message, null, List.of(), ended));
    }

    private long broken(String message) {
        long submission = submission(Instant.now(), "main");
        run(submission, RunFact.End.BROKEN, "package-index", message, Instant.now());
        return submission;
    }

    private static String seal(String page, long submission) {
        Matcher form = Pattern.compile("name=\"submission\" value=\"" + submission
                        + "\"/><input type=\"hidden\" name=\"seal\" value=\"([A-Za-z0-9_-]+)\"/>")
                .matcher(page);
        assertThat(form.find()).as("a button for submission " + submission).isTrue();
        return form.group(1);
    }

    @Test
    void whoever_shows_no_token_is_asked_for_one() throws Exception {
        for (String path : List.of("/staff", "/staff/mlops")) {
            HttpResponse<String> answer = get(path, null);

            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate"))
                    .hasValue("Basic realm=\"lab\", charset=\"UTF-8\"");
            assertThat(answer.body())
                    .contains("./lab token issue --scope staff")
                    .doesNotContain("mlops");
        }
    }

    @Test
    void a_token_that_was_revoked_opens_nothing() throws Exception {
        String token = served.token((StudentId) null, Scope.STAFF);
        assertThat(get("/staff/mlops", token).statusCode()).isEqualTo(200);

        served.revoke(token);

        assertThat(get("/staff/mlops", token).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource(
            value = Scope.class,
            names = {"STUDENT", "CI"})
    void other_tokens_open_nothing(Scope scope) throws Exception {
        String token = served.token(StudentId.parse("cy"), scope);

        HttpResponse<String> answer = get("/staff/mlops", token);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body())
                .isEqualTo("This page is for staff; the token is one of scope " + scope.word() + ".\n");
        assertThat(post("/staff/mlops/again", token, Map.of()).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/staff/other", "/staff/mlops%20", "/staff/MLOPS"})
    void a_course_that_the_token_is_not_for_is_not_there(String path) throws Exception {
        HttpResponse<String> answer = get(path, staff);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("There is no such page for this token. Its course is mlops.\n");
    }

    @Test
    void without_a_course_it_leads_to_that_of_the_token() throws Exception {
        HttpResponse<String> answer = get("/staff", staff);

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).hasValue("staff/mlops");
    }

    @Test
    void it_loads_itself_anew_unless_it_is_to_be_still() throws Exception {
        assertThat(page())
                .contains("<meta http-equiv=\"refresh\" content=\"30\"/>")
                .contains("href=\"?still\"");
        assertThat(get("/staff/mlops?still", staff).body()).doesNotContain("http-equiv=\"refresh\"");
    }

    @Test
    void browsers_run_nothing_and_send_its_form_nowhere_else() throws Exception {
        assertThat(get("/staff/mlops", staff).headers().allValues("Content-Security-Policy"))
                .containsExactly(
                        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
    }

    @Test
    void what_broke_stands_there_with_its_sentence_and_what_was_refused() throws Exception {
        long broken = broken("The package index does not answer.");
        long refused = another(() -> submission(Instant.now(), "main"));
        run(refused, RunFact.End.REFUSED, "nothing-to-grade", "There is no dvc.yaml.", Instant.now());
        long old = another(() -> submission(Instant.now(), "main"));
        run(
                old,
                RunFact.End.BROKEN,
                "network",
                "It was long ago.",
                Instant.now().minusSeconds(90_000));

        String page = page();

        assertThat(page)
                .contains("package-index</span>")
                .contains("The package index does not answer.")
                .contains("nothing-to-grade</span> 1, refused")
                .contains("There is no dvc.yaml.")
                .contains("Run submission " + broken + " again")
                .contains("Run submission " + refused + " again")
                .doesNotContain("It was long ago.");
    }

    @Test
    void what_was_graded_since_needs_no_button() throws Exception {
        long submission = submission(Instant.now(), "main");
        run(
                submission,
                RunFact.End.BROKEN,
                "network",
                "It was healed.",
                Instant.now().minusSeconds(60));
        submissions()
                .run(
                        submission,
                        new RunFact("run", "images", 1, RunFact.End.GRADED, "", "", null, List.of(), Instant.now()));

        assertThat(page())
                .containsPattern("(?s)It was healed\\.</p></div><p class=\"state good\">graded since</p>")
                .doesNotContain("Run submission " + submission + " again");
    }

    @Test
    void what_is_held_says_which_check_could_not_be_tested() throws Exception {
        long submission = submission(Instant.now(), "main");
        long run = run(submission, RunFact.End.GRADED, "", "", Instant.now());
        Verdict verdict = new Verdict(
                CheckId.parse("serves"),
                "The service answers",
                Points.of(0),
                Points.of(5),
                Support.UNTESTABLE,
                Untestable.OURS,
                "The port could not be reached from here. " + HOSTILE,
                "",
                null,
                false);
        long evaluation = submissions()
                .evaluation(
                        run,
                        new EvaluationFact(
                                "rubric",
                                "test",
                                Points.of(5),
                                Points.of(5),
                                Points.of(0),
                                true,
                                List.of(verdict),
                                Instant.now()));
        submissions().stands(submission, evaluation, Filing.HARNESS, "", Instant.now());

        String page = page();

        assertThat(page)
                .contains("5 of 5 so far")
                .contains("The service answers: The port could not be reached from here. &lt;script&gt;")
                .contains("Run submission " + submission + " again");
        safe(page);
    }

    @Test
    void what_was_graded_of_late_stands_there_with_its_points_and_can_be_run_again() throws Exception {
        long submission = submission(Instant.now(), "main");
        long run = run(submission, RunFact.End.GRADED, "", "", Instant.now());
        long evaluation = submissions()
                .evaluation(
                        run,
                        new EvaluationFact(
                                "rubric",
                                "test",
                                Points.of(31),
                                Points.of(37),
                                Points.of(0),
                                false,
                                List.of(),
                                Instant.now()));
        submissions().stands(submission, evaluation, Filing.HARNESS, "", Instant.now());

        String page = page();

        assertThat(page)
                .containsPattern("(?s)id=\"graded\".*<b>31</b> of 37")
                .contains("Run submission " + submission + " again");
        seal(page, submission);
    }

    @Test
    void what_has_no_trusted_time_says_how_staff_decide() throws Exception {
        long submission = submission(null, HOSTILE);

        String page = page();

        assertThat(page)
                .contains("first seen ")
                .contains(">" + submission + "</a></b> " + who)
                .contains("./lab override STUDENT LAB --in-time");
        safe(page);
    }

    @Test
    void what_was_found_after_a_deadline_that_was_moved_waits_until_staff_have_decided() throws Exception {
        Instant at = Instant.parse("2020-02-01T06:30:00Z");
        long submission = submission("late", at, "main");
        LabId lab = LabId.parse("late");
        new CollectionStore(served.database(), served.course().id())
                .note(lab, new Owner.OfStudent(StudentId.parse(who)), new Collected(at, at, submission, "", ""));

        assertThat(page())
                .contains("received not later than 2020-02-01 12:00")
                .contains(">" + submission + "</a></b> " + who);
        new DecisionStore(served.database())
                .override(
                        served.course().id(),
                        StudentId.parse(who),
                        lab,
                        GradeOverride.Kind.IN_TIME,
                        null,
                        "staff",
                        "it was there",
                        Instant.now());
        assertThat(page()).doesNotContain("received not later than");
    }

    @Test
    void nothing_of_students_is_more_than_text() throws Exception {
        broken(HOSTILE);

        safe(page());
    }

    @Test
    void a_name_of_the_roster_is_no_more_than_text_either() throws Exception {
        RosterStore rosters = new RosterStore(served.database());
        Roster before = rosters.read(served.course().id());
        Student was = before.student(StudentId.parse(who)).orElseThrow();
        Student named = new Student(
                was.id(), HOSTILE.substring(0, 200), null, null, null, null, Map.of(), Map.of(), Set.of(), false);
        rosters.apply(
                served.course().id(),
                RosterChange.between(before, before.with(named)),
                "roster.csv",
                "staff",
                Instant.now());
        broken("It broke.");

        assertThat(page()).contains(who + " <small>&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39; onload=x");
        safe(page());
    }

    @Test
    void what_came_to_nothing_between_forges_and_here_stands_there_as_in_status_where_there_is_any() throws Exception {
        assertThat(page()).doesNotContain("id=\"forges\"", "href=\"#forges\"");
        Instant later = Instant.now().plusSeconds(3_600); // so that nobody but this test claims any
        pushCameToNothing(later);
        statusIsNotThere(later);

        String page = page();

        assertThat(page)
                .contains("href=\"#forges\"><b>2</b>forges, 7 days</a>")
                .contains("<h2>Came to nothing between forges and here</h2>")
                .contains("<h3>Pushes of the last 7 days that forges told of and that are no submission</h3>")
                .containsPattern("<p>" + who
                        + " · Two short stages</p><p class=\"said\">refs/heads/main at 0123456789, received [^<]*:"
                        + " refused\\. It is larger than 2 GiB\\. &lt;script&gt;")
                .contains("<h3>Statuses of the last 7 days that forges do not have</h3>")
                .contains("<p class=\"said\">success at 0123456789: github.com does not accept the token (status 401)."
                        + " It is not told any more.</p>");
        safe(page);
    }

    @Test
    void a_repository_that_could_not_be_read_stands_there_until_it_is_read() throws Exception {
        assertThat(page()).doesNotContain("id=\"unread\"", "href=\"#unread\"");
        Owner owner = new Owner.OfStudent(StudentId.parse(who));
        LabId lab = LabId.parse("open");
        CollectionStore collections =
                new CollectionStore(served.database(), served.course().id());
        Instant now = Instant.now();
        collections.note(lab, owner, new Collected(now, now, null, "network", "It does not answer. " + HOSTILE));

        String page = page();

        assertThat(page)
                .contains("href=\"#unread\"><b>1</b>not read</a>")
                .contains("<h2>Repositories that could not be read</h2>")
                .contains("<p>" + who + " · Two short stages ")
                .contains("<p class=\"said\">It does not answer. &lt;script&gt;");
        safe(page);

        collections.note(lab, owner, new Collected(now, now.plusSeconds(1), null, "not-found", "It is not there."));
        assertThat(page()).doesNotContain("id=\"unread\"");
    }

    @Test
    void an_edit_that_cannot_be_used_stands_there_and_in_the_numbers_until_it_is_mended() throws Exception {
        String good = Files.readString(served.description());
        assertThat(page()).doesNotContain("An edit of the course cannot be used");
        try {
            Files.writeString(served.description(), good.replace("weight: 100", "weight: 90 <img>"));
            Eventually.holds(PATIENCE, "that staff see it", () -> seen("An edit of the course cannot be used"));

            assertThat(page())
                    .contains("course.yaml:7")
                    .contains("90 &lt;img&gt;")
                    .contains("the server goes on by what it read before")
                    .doesNotContain("<img>");
            assertThat(get("/metrics", null).body()).contains("lab_courses_refused 1.0");
            assertThat(get("/ready", null).statusCode()).isEqualTo(200);
        } finally {
            Files.writeString(served.description(), good);
        }
        Eventually.holds(PATIENCE, "that it is gone", () -> !seen("An edit of the course cannot be used"));
        assertThat(get("/metrics", null).body()).contains("lab_courses_refused 0.0");
    }

    private static boolean seen(String words) {
        try {
            return page().contains(words);
        } catch (Exception problem) {
            throw new AssertionError(problem);
        }
    }

    private void pushCameToNothing(Instant later) {
        WebhookStore receipts = new WebhookStore(served.database());
        receipts.accept(
                new WebhookStore.Delivery(served.course().id(), "github", who, null, later),
                List.of(new WebhookStore.Pushed(
                        LabId.parse("open"),
                        new Owner.OfStudent(StudentId.parse(who)),
                        "https://github.com/c/" + who,
                        "refs/heads/main",
                        "0123456789abcdef",
                        true)));
        receipts.ended(
                receipts.claim("here/1", later, later.plusSeconds(60)).orElseThrow(),
                WebhookStore.Status.REFUSED,
                "It is larger than 2 GiB. " + HOSTILE,
                null);
    }

    private void statusIsNotThere(Instant later) {
        ForgeReportStore reports = new ForgeReportStore(served.database());
        reports.add(
                new ForgeReportStore.Report(
                        served.course().id(),
                        LabId.parse("open"),
                        new Owner.OfStudent(StudentId.parse(who)),
                        new ForgeReportStore.About.OfGrading(7),
                        ForgeReportStore.Status.SUCCESS,
                        "https://github.com/c/" + who,
                        "0123456789abcdef",
                        "Graded.",
                        ""),
                "",
                later);
        reports.ended(
                reports.claim("here/1", later, later.plusSeconds(60)).orElseThrow(),
                ForgeReportStore.Progress.DROPPED,
                "github.com does not accept the token (status 401)");
    }

    /** No markup, no letters that nobody sees, and no text without an end. */
    private static void safe(String page) {
        assertThat(page)
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain("<script", "\u202E", "\u001B", "x".repeat(1_000));
    }

    @Test
    void a_report_is_one_click_away() throws Exception {
        broken("It broke.");

        assertThat(page()).contains("href=\"" + served.address("/reports/"));
    }

    @Nested
    class Run_again {
        private final CountDownLatch goOn = new CountDownLatch(1);

        @AfterEach
        void asBefore() {
            goOn.countDown();
            served.grading(served::graded);
        }

        /** Work that was pushed, and at which the harness failed. */
        private long failed() throws Exception {
            served.grading((request, progress) -> new Outcome.Broken(
                    SampleOutcomes.submission(request.student(), null),
                    Breakdown.LOGIN,
                    "The login for the data is not accepted.",
                    SampleOutcomes.broken().harness(),
                    Map.of()));
            Path repository = folder.resolve("of-" + who);
            try (RepositoryBuilder builder = RepositoryBuilder.create(repository)) {
                builder.write("train.py", "print('" + who + "')\n");
                builder.commit("work", Instant.parse("2026-09-10T12:00:00Z"));
            }
            try (Git git = Git.open(repository.toFile())) {
                git.push()
                        .setRemote(served.repository(who, "open"))
                        .setCredentialsProvider(new UsernamePasswordCredentialsProvider("x", served.token(who)))
                        .setRefSpecs(new RefSpec("HEAD:refs/heads/main"))
                        .call();
            }
            long submission = served.attempts(who).getFirst().submission();
            Eventually.holds(
                    ServedClass.patience(),
                    "the end of the grading",
                    () -> grading(submission).state() == Grading.State.DONE);
            return submission;
        }

        private Grading grading(long submission) {
            return new GradingStore(served.database()).ofSubmission(submission).orElseThrow();
        }

        @Test
        void asks_the_queue_once_however_often_it_is_pressed_and_leads_back() throws Exception {
            long submission = failed();
            String before = page();
            assertThat(before).contains("The login for the data is not accepted.");
            Map<String, String> form = Map.of("submission", "" + submission, "seal", seal(before, submission));
            served.grading((request, progress) -> {
                try {
                    goOn.await();
                } catch (InterruptedException stopping) {
                    Thread.currentThread().interrupt();
                }
                return served.graded(request, progress);
            });

            HttpResponse<String> answer = post("/staff/mlops/again", staff, form);
            Grading asked = grading(submission);
            post("/staff/mlops/again", staff, form);

            assertThat(answer.statusCode()).isEqualTo(303);
            assertThat(answer.headers().firstValue("Location")).hasValue("../mlops");
            assertThat(asked.way()).isEqualTo(Way.API);
            assertThat(asked.anew()).isTrue();
            assertThat(asked.by())
                    .isEqualTo("token " + TokenText.parse(staff).orElseThrow().id());
            assertThat(grading(submission).id()).isEqualTo(asked.id());
            assertThat(page())
                    .contains("in the queue")
                    .contains("asked for by " + asked.by())
                    .doesNotContain("Run submission " + submission + " again");

            goOn.countDown();
            Eventually.holds(
                    ServedClass.patience(),
                    "the end of the grading",
                    () -> grading(submission).state() == Grading.State.DONE);
            assertThat(served.attempts(who).getFirst().state()).isInstanceOf(Attempt.Judged.class);
            assertThat(page()).contains("graded since");
        }

        @Test
        void stays_still_where_the_page_was() throws Exception {
            long submission = broken("It broke.");
            String page = get("/staff/mlops?still", staff).body();

            HttpResponse<String> answer = post(
                    "/staff/mlops/again?still",
                    staff,
                    Map.of("submission", "" + submission, "seal", seal(page, submission)));

            assertThat(page).contains("action=\"mlops/again?still\"");
            assertThat(answer.headers().firstValue("Location")).hasValue("../mlops?still");
        }

        @Test
        void does_nothing_without_the_seal_of_that_form_and_that_token() throws Exception {
            long submission = broken("It broke.");
            long other = another(() -> broken("It broke too."));
            String page = page();
            String colleague = served.token((StudentId) null, Scope.STAFF);

            assertThat(again(staff, submission, null)).isEqualTo(403);
            assertThat(again(staff, submission, "")).isEqualTo(403);
            assertThat(again(staff, submission, "A".repeat(43))).isEqualTo(403);
            assertThat(again(staff, submission, seal(page, other))).isEqualTo(403);
            assertThat(again(colleague, submission, seal(page, submission))).isEqualTo(403);
            assertThat(again(null, submission, seal(page, submission))).isEqualTo(401);
            assertThat(post("/staff/mlops/again", staff, Map.of("submission", "1; drop", "seal", "x"))
                            .statusCode())
                    .isEqualTo(403);
            assertThat(new GradingStore(served.database()).ofSubmission(submission))
                    .isEmpty();
        }

        private static int again(@Nullable String token, long submission, @Nullable String seal) throws Exception {
            Map<String, String> form = seal == null
                    ? Map.of("submission", "" + submission)
                    : Map.of("submission", "" + submission, "seal", seal);
            return post("/staff/mlops/again", token, form).statusCode();
        }

        @Test
        void is_not_offered_for_what_is_not_kept() throws Exception {
            long submission = submissions()
                    .submission(
                            served.course().id(),
                            new SubmissionFact(
                                    LabId.parse("open"),
                                    new Owner.OfStudent(StudentId.parse(who)),
                                    "repo",
                                    "main",
                                    "cd".repeat(20),
                                    "refs",
                                    Instant.now(),
                                    null),
                            Instant.now());
            run(submission, RunFact.End.BROKEN, "network", "It is not kept.", Instant.now());

            assertThat(page()).contains("It is not kept.</p></div><p class=\"state\">not kept, cannot run again</p>");
        }
    }

    private long another(Callable<Long> handedIn) throws Exception {
        who = "s" + WORK.getAndIncrement();
        return handedIn.call();
    }
}
