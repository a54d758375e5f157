package org.labharness.autograder.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.CustomCheck;
import org.labharness.lab.Points;
import org.labharness.pipeline.evidence.CustomFacts;
import org.labharness.pipeline.evidence.CustomFacts.Outcome;
import org.labharness.pipeline.evidence.CustomFacts.Result;
import org.labharness.pipeline.evidence.CustomFacts.Test;
import org.labharness.pipeline.evidence.LimitHit;

/**
 * {@code custom}: the points of each test that holds. A mistake in the lab's own file, or a test that came to no end, costs nobody
 * anything: the attempt is held.
 */
final class CustomRule {
    private static final int SHOWN = 300;

    private final CustomCheck.Custom spec;
    private final Case subject;
    private final CustomFacts facts;

    private CustomRule(CustomCheck.Custom spec, Case subject, CustomFacts facts) {
        this.spec = spec;
        this.subject = subject;
        this.facts = facts;
    }

    private enum Fate {
        HOLDS,
        LOST,
        HELD
    }

    /**
     * One test that counts.
     *
     * @param said why it does not hold; empty where it does
     * @param points null where all tests count the same
     */
    private record Item(
            String title, Fate fate, String said, @Nullable Points points) {
        String told() {
            return title
                    + (points == null ? "" : " (" + points + (points.equals(Points.of(1)) ? " point)" : " points)"))
                    + ": " + RunStory.ended(said);
        }
    }

    static Ruling judge(CustomCheck.Custom spec, Case subject) {
        return subject.evidence().custom().stream()
                .filter(facts -> facts.file().equals(spec.file()))
                .findFirst()
                .map(facts -> new CustomRule(spec, subject, facts).judge())
                .orElseGet(
                        () -> Ruling.ours("The lab's own tests in " + PlainText.name(spec.file()) + " were not run."));
    }

    private Ruling judge() {
        List<Item> items = items();
        Optional<String> fault = fault(items);
        List<Item> lost = of(Fate.LOST, items);
        List<Item> held = of(Fate.HELD, items);
        if (spec.items().isEmpty() && fault.isPresent()) {
            return Ruling.ours(fault.get()); // how much each test counts is not known
        }
        if (!held.isEmpty()) {
            String besides = lost.isEmpty() ? "" : " Lost besides: " + told(lost);
            return Ruling.ours(points(items, Fate.HOLDS, Fate.HELD), fault.orElseGet(() -> told(held)) + besides);
        }
        if (lost.isEmpty()) {
            return Ruling.full((items.size() == 1
                            ? "The test of the lab holds: "
                            : "All " + items.size() + " tests of the lab hold: ")
                    + PlainText.list(items.stream().map(Item::title).toList()) + ".");
        }
        return Ruling.part(
                points(items, Fate.HOLDS),
                Sentence.of(
                        lost.size() + " of " + PlainText.count(items.size(), "test") + " of the lab "
                                + (lost.size() == 1 ? "does" : "do") + " not hold. " + told(lost) + unseen(),
                        "Mend what is named, then commit and push. What your stages make is looked at as this grading made it."));
    }

    private static List<Item> of(Fate fate, List<Item> items) {
        return items.stream().filter(item -> item.fate() == fate).toList();
    }

    private static String told(List<Item> items) {
        return String.join(" ", items.stream().map(Item::told).toList());
    }

    private Points points(List<Item> items, Fate... fates) {
        List<Item> earned = items.stream()
                .filter(item -> List.of(fates).contains(item.fate()))
                .toList();
        return spec.items().isEmpty()
                ? subject.full().part(earned.size(), items.size())
                : earned.stream()
                        .flatMap(item -> Stream.ofNullable(item.points()))
                        .reduce(Points.ZERO, Points::plus);
    }

    private String unseen() {
        return facts.leftOut().isEmpty()
                ? ""
                : " The tests did not see " + PlainText.list(facts.leftOut())
                        + ": only plain files, and links to such in the repository, are shown to them.";
    }

    /** What is wrong with the file as a whole. */
    private Optional<String> fault(List<Item> items) {
        String file = "The lab's own tests in " + PlainText.name(spec.file());
        if (!facts.faults().isEmpty()) {
            CustomFacts.Fault first = facts.faults().getFirst();
            return Optional.of(file + " cannot be used: "
                    + (first.file().isEmpty() ? "" : PlainText.name(first.file()) + ": ")
                    + RunStory.ended(PlainText.line(first.message(), SHOWN)));
        }
        if (!facts.complete() && (items.isEmpty() || facts.tests().stream().anyMatch(CustomRule::undecided))) {
            String limits = facts.limits().stream()
                    .findFirst()
                    .map(CustomRule::limit)
                    .orElse("ended with exit code " + facts.exit() + " before they had told all");
            return Optional.of(file + " " + limits + running() + ".");
        }
        return items.isEmpty() ? Optional.of(file + " hold no test.") : Optional.empty();
    }

    private static boolean undecided(Test test) {
        return test.results().size() < test.cases()
                && first(test, Outcome.FAILED).isEmpty();
    }

    private String running() {
        return facts.tests().stream()
                .filter(CustomRule::undecided)
                .findFirst()
                .map(test -> ", in " + PlainText.name(test.name()))
                .orElse("");
    }

    private static String limit(LimitHit hit) {
        String what = switch (hit.name()) {
            case TIME -> "time";
            case IDLE -> "waiting";
            case MEMORY -> "memory";
            case DISK -> "disk";
            case PROCESSES -> "processes";
            case OUTPUT -> "output";
        };
        return "were stopped at their limit of " + what + ", " + PlainText.name(hit.limit());
    }

    private List<Item> items() {
        if (spec.items().isEmpty()) {
            return facts.tests().stream().map(test -> item(test, null)).toList();
        }
        List<Item> items = new ArrayList<>();
        for (CustomCheck.Item wanted : spec.items()) {
            List<Test> found = facts.tests().stream()
                    .filter(test -> test.name().equals(wanted.test())
                            || (test.file() + "::" + test.name()).equals(wanted.test()))
                    .toList();
            items.add(
                    found.size() == 1
                            ? item(found.getFirst(), wanted.points())
                            : new Item(
                                    PlainText.name(wanted.test()),
                                    Fate.HELD,
                                    found.isEmpty()
                                            ? "there is no such test in " + PlainText.name(spec.file())
                                            : "there are " + found.size() + " tests of this name, in "
                                                    + PlainText.list(found.stream()
                                                            .map(Test::file)
                                                            .toList())
                                                    + "; the lab must say which is meant",
                                    wanted.points()));
        }
        return items;
    }

    private static Item item(Test test, @Nullable Points points) {
        String title = test.title().isEmpty() ? test.name() : test.title().replaceAll("[.\\s]+$", "");
        Optional<Result> lost = first(test, Outcome.FAILED);
        if (lost.isPresent()) {
            return new Item(PlainText.name(title), Fate.LOST, said(lost.get()), points);
        }
        Optional<Result> broken = first(test, Outcome.BROKEN);
        if (broken.isPresent()) {
            return held(test, "is broken, line " + broken.get().line() + ": " + said(broken.get()), points);
        }
        Optional<Result> skipped = first(test, Outcome.SKIPPED);
        if (skipped.isPresent()) {
            return held(test, "was skipped, which says neither yes nor no: " + said(skipped.get()), points);
        }
        return test.results().size() < test.cases()
                ? held(test, "came to no end", points)
                : new Item(PlainText.name(title), Fate.HOLDS, "", points);
    }

    private static Item held(Test test, String said, @Nullable Points points) {
        return new Item("The lab's own test " + PlainText.name(test.name()), Fate.HELD, said, points);
    }

    private static Optional<Result> first(Test test, Outcome outcome) {
        return test.results().stream()
                .filter(result -> result.outcome() == outcome)
                .findFirst();
    }

    private static String said(Result result) {
        String message = PlainText.line(result.message(), SHOWN);
        return (result.parameters().isEmpty() ? "" : "[" + PlainText.name(result.parameters()) + "] ")
                + (message.isEmpty() ? "it does not hold" : message);
    }
}
