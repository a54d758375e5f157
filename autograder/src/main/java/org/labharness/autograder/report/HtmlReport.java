package org.labharness.autograder.report;

import static org.labharness.autograder.page.Html.css;
import static org.labharness.autograder.page.Html.tag;
import static org.labharness.autograder.page.Html.with;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.page.FileNames;
import org.labharness.autograder.page.Html;
import org.labharness.autograder.page.Page;
import org.labharness.autograder.score.Scorecard;
import org.labharness.lab.Form;

/** Pages that open from disk and ask nothing of any network: one for a class, one for each submission. */
public final class HtmlReport {
    private HtmlReport() {}

    /** The page of one submission, with times in UTC. */
    public static String submission(Outcome outcome) {
        return submission(outcome, Moment.UTC);
    }

    /** The page of one submission. */
    public static String submission(Outcome outcome, ZoneId zone) {
        return submission(outcome, zone, false);
    }

    /** The page of one that was graded and of which only the verdicts are kept. */
    public static String verdicts(Outcome.Submission submission, Scorecard card, Form form, ZoneId zone) {
        return page(
                submission,
                List.of(
                        header(submission, zone),
                        SubmissionPage.score(card, PeopleWords.of(form, card.total())),
                        SubmissionPage.checks(card.verdicts()),
                        tag("p", css("meta"), "What these verdicts stand on, logs and values, is no longer kept.")));
    }

    /**
     * Writes {@code index.html} and a page for each submission, and gives the path of the index.
     *
     * @throws UncheckedIOException if the directory cannot be written
     */
    public static Path write(Path directory, String title, List<Outcome> outcomes) {
        Map<Outcome, String> files = names(outcomes);
        try {
            Files.createDirectories(directory);
            for (Map.Entry<Outcome, String> page : files.entrySet()) {
                Files.writeString(directory.resolve(page.getValue()), submission(page.getKey(), Moment.UTC, true));
            }
            Path index = directory.resolve("index.html");
            Files.writeString(index, ClassPage.of(title, outcomes, files));
            return index;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the report to " + directory, e);
        }
    }

    private static String submission(Outcome outcome, ZoneId zone, boolean ofClass) {
        Outcome.Submission submission = outcome.submission();
        List<Html> parts = new ArrayList<>();
        if (ofClass) {
            parts.add(tag("nav", tag("a", with("href", "index.html"), "← the whole class")));
        }
        parts.add(header(submission, zone));
        switch (outcome) {
            case Outcome.Graded graded -> parts.addAll(SubmissionPage.of(graded));
            case Outcome.Refused refused ->
                parts.add(notGraded("Refused", refused.reason().code(), refused.message(), "Nothing was counted."));
            case Outcome.Broken broken ->
                parts.add(notGraded(
                        "Not graded",
                        broken.reason().code(),
                        broken.message(),
                        "This is the harness's matter: it costs no points and no attempt."));
        }
        parts.add(SubmissionPage.footer(outcome));
        return page(submission, parts);
    }

    private static String page(Outcome.Submission submission, List<Html> parts) {
        return Page.of(submission.student() + " · " + submission.labTitle(), tag("main", parts.toArray()));
    }

    private static Html header(Outcome.Submission submission, ZoneId zone) {
        String commit =
                submission.commit() == null ? "no commit" : submission.commit().substring(0, 10);
        return tag(
                "header",
                tag("p", css("lab"), submission.labTitle()),
                tag("h1", submission.student()),
                tag(
                        "p",
                        css("meta"),
                        tag("span", submission.repository()),
                        " ",
                        tag("code", commit),
                        " ",
                        received(submission.received(), zone)));
    }

    private static Html received(@Nullable Instant when, ZoneId zone) {
        String words = Moment.received(when, zone);
        return when == null ? tag("span", words) : tag("time", with("datetime", when.toString()), words);
    }

    private static Html notGraded(String what, String code, String message, String comfort) {
        return tag(
                "section",
                css("notice"),
                tag("h2", what, " ", tag("code", code)),
                tag("p", message),
                tag("p", css("meta"), comfort));
    }

    private static Map<Outcome, String> names(List<Outcome> outcomes) {
        Map<Outcome, String> names = new LinkedHashMap<>();
        FileNames files = new FileNames(".html", Set.of("index.html"));
        for (Outcome outcome : outcomes) {
            names.put(
                    outcome,
                    files.next(FileNames.plain(outcome.submission().lab()) + "-"
                            + FileNames.plain(outcome.submission().student())));
        }
        return names;
    }
}
