package org.labharness.autograder.check;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.HistoryCheck;
import org.labharness.lab.HistoryCheck.Disjoint;
import org.labharness.lab.Points;
import org.labharness.pipeline.evidence.DataFacts;
import org.labharness.pipeline.evidence.DataFacts.Presence;
import org.labharness.pipeline.evidence.HistoryFacts;
import org.labharness.pipeline.evidence.HistoryFacts.Shared;
import org.labharness.pipeline.evidence.HistoryFacts.Version;

/**
 * {@code data-versions}: a part for each tag that marks data, for each version that differs from those before it, and for each that
 * shares nothing with them. What only recorded sums tell is reported; what cannot be compared for want of contents is unreachable.
 */
final class DataVersionsRule {
    /** Honest data has equal rows, too. */
    private static final double SHARED_BY_CHANCE = 0.02;

    private static final int SUM = 8;

    private final HistoryCheck.DataVersions spec;
    private final Case subject;
    private final HistoryFacts.DataVersions facts;
    private final Set<String> faults = new LinkedHashSet<>();
    private final Set<String> advice = new LinkedHashSet<>();
    private int all;
    private int proven;
    private int reported;
    private int unreachable;
    private int ours;

    private DataVersionsRule(HistoryCheck.DataVersions spec, Case subject, HistoryFacts.DataVersions facts) {
        this.spec = spec;
        this.subject = subject;
        this.facts = facts;
    }

    static Ruling judge(HistoryCheck.DataVersions spec, Case subject) {
        HistoryFacts history = subject.evidence().history();
        return Optional.ofNullable(history).stream()
                .flatMap(known -> known.data().stream())
                .filter(data -> data.path().equals(spec.path())
                        && data.versions().stream().map(Version::tag).toList().equals(spec.tags()))
                .findFirst()
                .map(data -> new DataVersionsRule(spec, subject, data).ruling())
                .orElseGet(
                        () -> Ruling.ours("The versions of " + PlainText.name(spec.path()) + " were not looked at."));
    }

    private Ruling ruling() {
        List<Version> versions = facts.versions();
        for (int i = 0; i < versions.size(); i++) {
            kept(versions.get(i));
            if (spec.differ() && i > 0) {
                differs(versions.get(i), versions.subList(0, i));
            }
            if (spec.disjoint() != Disjoint.NOTHING && i > 0) {
                disjoint(versions.get(i), versions.subList(0, i));
            }
        }
        if (proven == all) {
            return Ruling.full("Tags " + PlainText.list(spec.tags()) + " mark "
                    + (spec.differ() ? "different versions of " : "") + PlainText.name(spec.path())
                    + switch (spec.disjoint()) {
                        case NOTHING -> ".";
                        case ROWS -> ", without common rows.";
                        case FILES -> ", without common files.";
                    });
        }
        int lost = all - proven - reported - unreachable - ours;
        Points points = subject.share(proven + ours, reported, unreachable, all);
        Sentence sentence = Sentence.of(String.join(" ", faults), String.join(" ", advice));
        if (ours > 0) {
            return Ruling.ours(points.compareTo(subject.full()) == 0 ? null : points, sentence.message());
        }
        if (lost > 0) {
            return Ruling.part(points, sentence);
        }
        return unreachable > 0 ? Ruling.theirs(points, sentence) : Ruling.reported(points, sentence);
    }

    private void kept(Version version) {
        all++;
        if (isKept(version)) {
            count(version, List.of());
            return;
        }
        faults.add("Tag " + PlainText.name(version.tag()) + " marks no version of " + PlainText.name(spec.path()) + ": "
                + RunStory.ended(version.reason()));
        advice.add(
                "Tag the commit that holds each version and push the tags: git tag -f <tag> <commit> && git push -f origin <tag>.");
    }

    private static boolean isKept(Version version) {
        return !version.keeper().isEmpty();
    }

    /** A part that holds, as well as the contents of these support it. */
    private void count(Version version, List<Version> others) {
        List<Version> lacking = new ArrayList<>(others);
        lacking.add(version);
        lacking.removeIf(one -> one.had() || !isKept(one));
        if (lacking.isEmpty()) {
            proven++;
            return;
        }
        if (lacking.stream().anyMatch(DataVersionsRule::isUnanswered)) {
            ours++;
        } else {
            reported++;
        }
        lacking.forEach(this::notHad);
    }

    private static boolean isUnanswered(Version version) {
        return version.presence() == Presence.UNANSWERED;
    }

    private void notHad(Version version) {
        faults.add("Of " + PlainText.name(version.tag()) + " only the sum is known that "
                + PlainText.name(version.keeper()) + " records, not its content: " + RunStory.ended(version.reason()));
        Presence presence = version.presence();
        if (presence != null) {
            String usual = DataAdvice.of(new DataFacts(spec.path(), version.keeper(), -1, presence, ""));
            if (!usual.isEmpty()) {
                advice.add(usual + " Older versions need dvc push --all-tags.");
            }
        }
    }

    private void differs(Version version, List<Version> before) {
        all++;
        if (!isKept(version)) {
            return;
        }
        Optional<Version> same = before.stream()
                .filter(DataVersionsRule::isKept)
                .filter(other -> other.sum().equals(version.sum()))
                .findFirst();
        if (same.isEmpty()) {
            count(version, before);
            return;
        }
        faults.add("Tags " + PlainText.name(same.get().tag()) + " and " + PlainText.name(version.tag())
                + " mark the same "
                + PlainText.name(spec.path()) + " (" + PlainText.name(version.keeper()) + ", sum "
                + PlainText.name(
                        version.sum().substring(0, Math.min(SUM, version.sum().length()))) + "…).");
        String tag = PlainText.shell(version.tag());
        advice.add("Change the data, dvc add " + PlainText.shell(spec.path())
                + " (or run the stage that makes it), commit, then git tag -f " + tag + " && git push -f origin " + tag
                + ".");
    }

    private void disjoint(Version version, List<Version> before) {
        all++;
        if (!isKept(version)) {
            return;
        }
        List<Shared> pairs = facts.shared().stream()
                .filter(pair -> pair.second().equals(version.tag())
                        && before.stream().anyMatch(other -> other.tag().equals(pair.first())))
                .toList();
        Optional<Shared> common =
                pairs.stream().filter(DataVersionsRule::isTooMuch).findFirst();
        if (common.isPresent()) {
            faults.add(told(common.get()));
            advice.add("Draw the versions without putting back, so that no " + unit(1)
                    + " is in two of them, and tag them anew.");
            return;
        }
        List<Shared> unknown = pairs.stream().filter(pair -> pair.common() < 0).toList();
        if (unknown.isEmpty()) {
            proven++;
        } else if (unknown.stream().allMatch(pair -> had(pair.first()) && had(pair.second()))) {
            faults.add("Versions " + PlainText.name(unknown.getFirst().first()) + " and "
                    + PlainText.name(unknown.getFirst().second()) + " could not be compared: "
                    + RunStory.ended(unknown.getFirst().reason()));
            advice.add(
                    "Keep all versions of " + PlainText.name(spec.path()) + " in the same way, as the handout asks.");
        } else {
            notCompared(version, before);
        }
    }

    private void notCompared(Version version, List<Version> before) {
        List<Version> involved = new ArrayList<>(before);
        involved.add(version);
        involved.removeIf(one -> one.had() || !isKept(one));
        if (involved.stream().anyMatch(DataVersionsRule::isUnanswered)) {
            ours++;
        } else {
            unreachable++;
        }
        involved.forEach(this::notHad);
    }

    private boolean had(String tag) {
        return facts.versions().stream().anyMatch(version -> version.tag().equals(tag) && version.had());
    }

    private static boolean isTooMuch(Shared pair) {
        return pair.common() > (long) (Math.min(pair.ofFirst(), pair.ofSecond()) * SHARED_BY_CHANCE);
    }

    private String told(Shared pair) {
        String example = pair.example().isEmpty() ? "" : ", such as " + PlainText.quoted(pair.example());
        return pair.common() + " of the " + pair.ofSecond() + " " + unit(2) + " of " + PlainText.name(pair.second())
                + (pair.common() == 1 ? " is" : " are") + " in " + PlainText.name(pair.first()) + " as well" + example
                + ".";
    }

    private String unit(int number) {
        @Nullable
        String unit = switch (spec.disjoint()) {
            case NOTHING -> null;
            case ROWS -> "row";
            case FILES -> "file";
        };
        return Objects.requireNonNull(unit) + (number == 1 ? "" : "s");
    }
}
