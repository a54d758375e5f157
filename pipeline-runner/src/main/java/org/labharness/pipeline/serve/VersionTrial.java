package org.labharness.pipeline.serve;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.ServiceCheck;
import org.labharness.pipeline.evidence.ServiceFacts.VersionFacts;
import org.labharness.pipeline.evidence.TrackingStore;
import org.labharness.pipeline.predict.Draw;

/** Which version of a model a service serves, after another start as well, and after the alias was moved. */
final class VersionTrial {
    private final ServiceCheck.ServiceVersion check;
    private final Courses courses;
    private final VersionAnswers answers;
    private final long seed;

    /** @param seed of questions that are asked once more */
    VersionTrial(ServiceCheck.ServiceVersion check, Courses courses, VersionAnswers answers, long seed) {
        this.check = check;
        this.courses = courses;
        this.answers = answers;
        this.seed = seed;
    }

    /**
     * Starts the service once or twice more.
     *
     * @param told by its first life
     * @param drawn null where it is asked for no prediction
     */
    VersionFacts facts(Told told, List<TrackingStore> stores, Draw.@Nullable Drawn drawn) {
        Aliases aliases = new Aliases(check.model(), stores);
        Facts facts = new Facts(
                said(told), aliases.meant().orElse(""), aliases.other().orElse(""));
        if (facts.meant.isEmpty()) {
            facts.detail = "no version of '" + check.model().name()
                    + "' that this grading's run registered has the alias '"
                    + check.model().word() + "'";
            return facts.of(check);
        }
        facts.again = said(told(null));
        if (facts.other.isEmpty()) {
            return facts.of(check);
        }
        String unmoved =
                aliases.move(facts.other, Objects.requireNonNull(courses.space().server()));
        facts.ours = unmoved.isEmpty() ? "" : "the alias could not be moved: " + unmoved;
        if (facts.ours.isEmpty()) {
            Told then = told(drawn);
            facts.then = said(then);
            if (drawn != null) {
                facts.asked = drawn.places().size();
                String data =
                        Objects.requireNonNull(courses.service().question()).data();
                VersionAnswers.Compared compared = answers.compare(
                        check.model().name(),
                        facts.other,
                        data,
                        drawn.places(),
                        then.assessed(drawn).words());
                facts.own = compared.same();
                if (compared.ours()) {
                    facts.ours = "version " + facts.other + " was not asked itself: " + compared.unable();
                } else {
                    facts.unable = compared.unable();
                }
            }
        }
        return facts.of(check);
    }

    private Told told(Draw.@Nullable Drawn drawn) {
        ServicePlan only = new ServicePlan(courses.service(), List.of(check));
        Questions questions = drawn == null || courses.service().question() == null
                ? null
                : new Questions(courses.service().question(), drawn.features(), seed);
        ServiceTrial trial = new ServiceTrial(only, questions);
        return trial.read(courses.run(trial).seen());
    }

    private String said(Told given) {
        return SaidVersion.in(given.document(check.path()), check.field());
    }

    /** What is known so far. */
    private static final class Facts {
        private final String said;
        private final String meant;
        private final String other;
        private String again = "";
        private String then = "";
        private int own = -1;
        private int asked;
        private String unable = "";
        private String detail = "";
        private String ours = "";

        Facts(String said, String meant, String other) {
            this.said = said;
            this.meant = meant;
            this.other = other;
        }

        VersionFacts of(ServiceCheck.ServiceVersion check) {
            return new VersionFacts(
                    check.path(),
                    check.model().toString(),
                    said,
                    again,
                    meant,
                    other,
                    then,
                    own,
                    asked,
                    unable,
                    detail,
                    ours);
        }
    }
}
