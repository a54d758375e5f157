package org.labharness.autograder.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.labharness.lab.ServiceCheck;
import org.labharness.pipeline.evidence.ServiceFacts;
import org.labharness.pipeline.evidence.ServiceFacts.VersionFacts;

/** {@code service-version}: the service tells which version it serves, keeps it, and serves another one when it is told to. */
final class ServiceVersionRule {
    private static final int PARTS = 3;
    private static final Pattern NUMBER = Pattern.compile("(?i)(v(ersion)?[ .:]*)?[0-9]{1,6}");

    private ServiceVersionRule() {}

    static Ruling judge(ServiceCheck.ServiceVersion spec, Case subject) {
        return Served.judge(spec.service(), subject, (served, facts) -> judge(spec, served, facts, subject));
    }

    private static Ruling judge(ServiceCheck.ServiceVersion spec, Served served, ServiceFacts facts, Case subject) {
        Optional<VersionFacts> found = facts.versions().stream()
                .filter(one -> one.path().equals(spec.path())
                        && one.model().equals(spec.model().toString()))
                .findFirst();
        if (found.isEmpty()) {
            return Ruling.ours(served.named() + " was not asked for its version.");
        }
        return judge(spec, served, found.get(), subject);
    }

    private static Ruling judge(ServiceCheck.ServiceVersion spec, Served served, VersionFacts facts, Case subject) {
        if (!facts.ours().isEmpty()) {
            return Ruling.ours(served.named() + " was not asked for another version: "
                    + RunStory.ended(PlainText.line(facts.ours(), 300)));
        }
        if (!facts.detail().isEmpty()) {
            return new TrackedRuns(subject)
                    .lacking(
                            0,
                            1,
                            "Which version the service should serve cannot be told: "
                                    + PlainText.line(facts.detail(), 300) + ".",
                            "Give one of the versions that the pipeline registers the alias "
                                    + PlainText.quoted(spec.model().word()) + ".");
        }
        List<String> faults = faults(facts);
        if (faults.isEmpty()) {
            return Ruling.full(served.named() + " serves version " + PlainText.name(facts.meant())
                    + ", after another start as well, and version " + PlainText.name(facts.other())
                    + " once that has the alias.");
        }
        return Ruling.part(
                subject.full().part(PARTS - faults.size(), PARTS),
                Sentence.of(
                        served.named() + " does not serve what it should: " + String.join("; ", faults) + ".",
                        "Load the model by its alias when the service starts (mlflow.pyfunc.load_model(\""
                                + PlainText.name(spec.model().toString())
                                + "\")), ask MlflowClient().get_model_version_by_alias which version that is, and answer GET "
                                + PlainText.name(spec.path()) + " with it."));
    }

    private static List<String> faults(VersionFacts facts) {
        List<String> faults = new ArrayList<>();
        if (!VersionFacts.is(facts.said(), facts.meant())) {
            faults.add("it says " + said(facts.said(), facts) + ", and version " + PlainText.name(facts.meant())
                    + " has the alias");
        }
        if (!VersionFacts.is(facts.saidAgain(), facts.meant())) {
            faults.add("started again it says " + said(facts.saidAgain(), facts));
        }
        if (facts.other().isEmpty()) {
            faults.add("there is no other version that the alias could be moved to");
        } else if (!VersionFacts.is(facts.saidThen(), facts.other())) {
            faults.add("with the alias at version " + PlainText.name(facts.other()) + " and started again it says "
                    + said(facts.saidThen(), facts));
        } else if (!facts.unable().isEmpty()) {
            faults.add("with the alias at version " + PlainText.name(facts.other())
                    + " it says that version, whose model cannot tell whether the answers are its own: "
                    + PlainText.line(facts.unable(), 200));
        } else if (facts.itsOwn() >= 0 && facts.itsOwn() < facts.asked()) {
            faults.add("with the alias at version " + PlainText.name(facts.other())
                    + " it says that version, but of " + PlainText.count(facts.asked(), "row")
                    + " it answers " + facts.itsOwn() + " as that version does");
        }
        return faults;
    }

    /** Nothing but a version that there is: by then the service had seen rows that nobody may hear of. */
    private static String said(String version, VersionFacts facts) {
        if (version.isEmpty()) {
            return "nothing";
        }
        boolean known = VersionFacts.is(version, facts.meant()) || VersionFacts.is(version, facts.other());
        return known && NUMBER.matcher(version).matches() ? PlainText.quoted(version) : "something else";
    }
}
