package org.labharness.autograder.report;

import static org.labharness.autograder.page.Html.css;
import static org.labharness.autograder.page.Html.tag;
import static org.labharness.autograder.page.Html.with;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.page.Html;
import org.labharness.autograder.page.Page;
import org.labharness.autograder.score.Mark;
import org.labharness.autograder.score.Scorecard;
import org.labharness.lab.Finding;
import org.labharness.lab.Memory;
import org.labharness.lab.Verdict;
import org.labharness.pipeline.evidence.InterventionFacts;
import org.labharness.pipeline.evidence.LogExcerpt;
import org.labharness.pipeline.evidence.ServiceFacts;
import org.labharness.pipeline.evidence.StageRun;

/** The parts of a graded submission's page. */
final class SubmissionPage {
    private SubmissionPage() {}

    static List<Html> of(Outcome.Graded graded) {
        List<Html> parts = new ArrayList<>();
        parts.add(score(graded.scorecard(), graded.people()));
        parts.add(checks(graded.scorecard().verdicts()));
        parts.add(FormSection.of(graded.form()));
        parts.add(stages(graded.evidence().run().stages()));
        parts.add(services(graded.evidence().services()));
        parts.add(changes(graded.evidence().interventions()));
        parts.add(TrackingSection.of(graded.evidence().tracking()));
        parts.add(findings(graded.evidence().findings()));
        return parts;
    }

    static Html footer(Outcome outcome) {
        List<Html> steps = new ArrayList<>();
        new TreeMap<>(outcome.timings())
                .forEach((step, seconds) -> steps.add(tag("li", step + " ", tag("b", seconds(seconds)))));
        return tag(
                "footer",
                steps.isEmpty() ? Html.EMPTY : tag("ul", css("timings"), steps.toArray()),
                tag(
                        "p",
                        "Graded by labharness " + outcome.harness().version()
                                + (outcome instanceof Outcome.Graded graded
                                        ? " · evidence " + graded.digest().substring(0, 12)
                                        : "")));
    }

    /** @param people which points people give, in words; empty where checks decide alone */
    static Html score(Scorecard card, String people) {
        double share = card.of().isZero()
                ? 0
                : card.points().value().doubleValue() / card.of().value().doubleValue();
        return tag(
                "section",
                css("score"),
                tag(
                        "p",
                        css("big"),
                        tag("strong", card.points()),
                        " of " + card.of() + (card.bonus().isZero() ? "" : " + " + card.bonus() + " bonus")),
                card.setAside().isZero()
                        ? Html.EMPTY
                        : tag(
                                "p",
                                css("meta"),
                                card.setAside() + " of " + card.total() + " points do not apply and are set aside"),
                Page.meter(share, card.describe()),
                card.held() ? tag("p", css("held"), card.heldBecause()) : Html.EMPTY,
                people.isEmpty() ? Html.EMPTY : tag("p", css("meta"), people));
    }

    static Html checks(List<Verdict> verdicts) {
        Map<String, String> hints = new HashMap<>();
        return tag(
                "section",
                tag("h2", "Checks"),
                tag(
                        "ol",
                        css("checks"),
                        verdicts.stream().map(verdict -> check(verdict, hints)).toArray()));
    }

    private static Html check(Verdict verdict, Map<String, String> hints) {
        Mark mark = Mark.of(verdict);
        String first = hints.putIfAbsent(verdict.hint(), verdict.id().value());
        Html hint = verdict.hint().isEmpty()
                ? Html.EMPTY
                : first == null
                        ? tag("p", css("hint"), verdict.hint())
                        : tag("p", css("hint"), "As for ", tag("a", with("href", "#" + first), first), ".");
        return tag(
                "li",
                css("check " + VerdictJson.word(mark)).and("id", verdict.id().value()),
                tag(
                        "span",
                        css("points"),
                        tag("b", verdict.points()),
                        "/" + verdict.of() + (verdict.bonus() ? " bonus" : "")),
                tag(
                        "div",
                        tag(
                                "h3",
                                verdict.title(),
                                " ",
                                tag("span", css("chip"), mark.words()),
                                " ",
                                tag("small", support(verdict))),
                        tag("p", verdict.message()),
                        hint));
    }

    private static String support(Verdict verdict) {
        return switch (verdict.support()) {
            case REPRODUCED -> "reproduced";
            case REPORTED -> "reported only";
            case ABSENT -> "absent";
            case UNTESTABLE -> "could not be tested";
        };
    }

    private static Html stages(List<StageRun> stages) {
        if (stages.isEmpty()) {
            return Html.EMPTY;
        }
        double longest = stages.stream()
                .mapToDouble(StageRun::seconds)
                .filter(Double::isFinite)
                .max()
                .orElse(0);
        return tag(
                "section",
                tag("h2", "Stages"),
                tag(
                        "div",
                        css("stages"),
                        stages.stream().map(stage -> stage(stage, longest)).toArray()));
    }

    private static Html stage(StageRun stage, double longest) {
        boolean ran = stage.exit() != null;
        double share = longest > 0 && Double.isFinite(stage.seconds()) ? stage.seconds() / longest : 0;
        return tag(
                "article",
                css("stage " + VerdictJson.status(stage.status())),
                tag(
                        "h3",
                        PlainText.line(stage.fullName(), 120),
                        " ",
                        tag("span", css("chip"), TerminalReport.describe(stage))),
                ran
                        ? tag(
                                "div",
                                css("time"),
                                tag("div", css("bar"), tag("div", with("style", "width:" + Page.percent(share)))),
                                tag("span", seconds(stage.seconds())),
                                tag(
                                        "span",
                                        stage.peakMemoryBytes() == 0
                                                ? ""
                                                : new Memory(stage.peakMemoryBytes()).toString()))
                        : Html.EMPTY,
                stage.problem() == null
                        ? Html.EMPTY
                        : tag("p", PlainText.line(stage.problem().message(), 1_500)),
                log(stage.log()));
    }

    private static Html services(List<ServiceFacts> services) {
        if (services.isEmpty()) {
            return Html.EMPTY;
        }
        return tag(
                "section",
                tag("h2", "Services"),
                tag("p", "Each was started after the run, on a copy of what the run left, and asked."),
                tag(
                        "div",
                        css("stages"),
                        services.stream().map(SubmissionPage::service).toArray()));
    }

    private static Html service(ServiceFacts facts) {
        return tag(
                "article",
                css("stage"),
                tag("h3", ServiceWords.name(facts)),
                tag("p", ServiceWords.seen(facts), " ", tag("span", css("meta"), ServiceWords.seconds(facts))));
    }

    private static Html changes(List<InterventionFacts> changes) {
        if (changes.isEmpty()) {
            return Html.EMPTY;
        }
        return tag(
                "section",
                tag("h2", "Changes"),
                tag("p", "Each was made in a copy of the repository, which was then run once more."),
                tag(
                        "div",
                        css("stages"),
                        changes.stream().map(SubmissionPage::change).toArray()));
    }

    private static Html change(InterventionFacts facts) {
        return tag(
                "article",
                css("stage"),
                tag("h3", ChangeWords.change(facts)),
                tag(
                        "p",
                        ChangeWords.followed(facts),
                        " ",
                        facts.seconds() == 0 ? Html.EMPTY : tag("span", css("chip"), ChangeWords.seconds(facts))));
    }

    private static Html log(LogExcerpt log) {
        if (log.bytes() == 0) {
            return Html.EMPTY;
        }
        String gap = log.tail().isEmpty() ? "" : "\n⋯\n";
        return tag(
                "details",
                tag("summary", "Output (" + new Memory(log.bytes()) + ")"),
                tag("pre", with("tabindex", "0"), String.join("\n", log.head()) + gap + String.join("\n", log.tail())));
    }

    private static Html findings(List<Finding> findings) {
        if (findings.isEmpty()) {
            return Html.EMPTY;
        }
        return tag(
                "section",
                tag("h2", "Noticed while reading"),
                tag(
                        "ul",
                        css("findings"),
                        findings.stream()
                                .sorted(Comparator.comparing(Finding::severity))
                                .map(SubmissionPage::finding)
                                .toArray()));
    }

    private static Html finding(Finding finding) {
        String words = switch (finding.severity()) {
            case BLOCKS -> "blocks the run";
            case COSTS_POINTS -> "may cost points";
            case ADVICE -> "good to know";
        };
        return tag(
                "li",
                css(VerdictJson.word(finding.severity())),
                tag(
                        "p",
                        tag("span", css("chip"), words),
                        " ",
                        finding.where() == null
                                ? Html.EMPTY
                                : tag("code", PlainText.line(finding.where().toString(), 200))),
                tag("p", PlainText.line(finding.message(), 1_500)),
                finding.hint().isEmpty() ? Html.EMPTY : tag("p", css("hint"), PlainText.line(finding.hint(), 1_500)));
    }

    private static String seconds(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.1f s", value) : "";
    }
}
