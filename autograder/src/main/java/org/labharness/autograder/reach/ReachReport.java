package org.labharness.autograder.reach;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.ledger.Trouble;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseLab;

/** What came of asking for the repositories of a roster. */
public final class ReachReport {
    private static final int LONGEST = 1_000;

    private final List<CourseLab> labs;
    private final List<CourseLab> unopened;
    private final int asked;
    private final Map<Errand, Answer> answers;

    ReachReport(List<CourseLab> labs, List<CourseLab> unopened, int asked, Map<Errand, Answer> answers) {
        this.labs = List.copyOf(labs);
        this.unopened = List.copyOf(unopened);
        this.asked = asked;
        this.answers = Collections.unmodifiableMap(new LinkedHashMap<>(answers));
    }

    /** Whether every repository can be read; nothing need have been pushed yet. */
    public boolean isWhole() {
        return answers.values().stream().allMatch(Answer.Reached.class::isInstance);
    }

    /** Failures by kind, with what mends them. */
    public String text(Course course) {
        StringBuilder text = new StringBuilder(head(course));
        Map<Trouble, Map<String, List<Errand>>> failures = failures();
        failures.forEach((trouble, byMessage) -> {
            int count = byMessage.values().stream().mapToInt(List::size).sum();
            text.append('\n').append(trouble.title()).append(" (").append(count).append("). ");
            text.append(trouble.remedy()).append('\n');
            byMessage.forEach((message, errands) -> {
                text.append("  ").append(who(errands)).append('\n');
                if (!message.isEmpty()) {
                    text.append("      ")
                            .append(PlainText.line(message, LONGEST))
                            .append('\n');
                }
            });
        });
        return text.toString();
    }

    private String head(Course course) {
        StringBuilder head = new StringBuilder(course.title() + " (" + course.id() + "): ");
        List<Errand> reached = reached(false);
        List<Errand> empty = reached(true);
        head.append(asked).append(asked == 1 ? " repository" : " repositories").append(" asked for, of ");
        head.append(
                labs.isEmpty()
                        ? "no lab"
                        : labs.stream().map(lab -> lab.id().value()).collect(Collectors.joining(", ")));
        head.append(".\n");
        if (!unopened.isEmpty()) {
            head.append("Not open yet, and left out: ")
                    .append(unopened.stream().map(lab -> lab.id().value()).collect(Collectors.joining(", ")))
                    .append(". --lab names one that is to be looked at.\n");
        }
        head.append("Can be read: ")
                .append(reached.size() + empty.size())
                .append(" of ")
                .append(answers.size());
        head.append(" (each student's work for each lab).\n");
        if (!empty.isEmpty()) {
            head.append("Nothing was pushed yet: ").append(who(empty)).append(".\n");
        }
        return head.toString();
    }

    private List<Errand> reached(boolean empty) {
        List<Errand> found = new ArrayList<>();
        answers.forEach((errand, answer) -> {
            if (answer instanceof Answer.Reached reached && (reached.references() == 0) == empty) {
                found.add(errand);
            }
        });
        return found;
    }

    /** What fails for the same reason stands together: a team's repository, a host. */
    private Map<Trouble, Map<String, List<Errand>>> failures() {
        Map<Trouble, Map<String, List<Errand>>> failures = new TreeMap<>();
        answers.forEach((errand, answer) -> {
            if (answer instanceof Answer.Failed failed) {
                failures.computeIfAbsent(failed.trouble(), any -> new LinkedHashMap<>())
                        .computeIfAbsent(failed.message(), any -> new ArrayList<>())
                        .add(errand);
            }
        });
        return failures;
    }

    /** {@code s01 (dvc-pipeline, mlflow-tracking), s02 (dvc-pipeline)}. */
    private static String who(List<Errand> errands) {
        Map<String, List<String>> labs = new LinkedHashMap<>();
        errands.forEach(errand -> labs.computeIfAbsent(errand.student().id().value(), any -> new ArrayList<>())
                .add(errand.lab().id().value()));
        return labs.entrySet().stream()
                .map(one -> one.getKey() + " (" + String.join(", ", one.getValue()) + ")")
                .collect(Collectors.joining(", "));
    }
}
