package org.labharness.autograder.check;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.evidence.EnvironmentFacts;
import org.labharness.pipeline.evidence.EnvironmentFacts.SetAside;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.PackageName;
import org.labharness.pipeline.evidence.StageRun;

/**
 * A stage that failed over packages which are not the declared ones, because those cannot be had for the Pythons here. It says nothing
 * about the work.
 *
 * @param replaced the requirements that the failure has to do with
 */
record OurVersions(List<SetAside> replaced) {
    private static final int SHOWN = 3;
    private static final Pattern MODULE = Pattern.compile(
            "(?:No module named '?|cannot import name '[^']{1,100}' from (?:partially initialized module )?'|module ')"
                    + "([A-Za-z0-9_]{1,60})[A-Za-z0-9_.]{0,200}'?(?: has no attribute|$| \\(| from|;)");
    private static final Pattern NAME = Pattern.compile("^[A-Za-z0-9][A-Za-z0-9._-]*");

    OurVersions {
        replaced = List.copyOf(replaced);
    }

    /** Empty where something else stopped the stage, or all was installed as declared. */
    static Optional<OurVersions> of(StageRun stage, Evidence evidence) {
        EnvironmentFacts environment = evidence.environment();
        String error = stage.log().lastError().strip();
        if (environment == null || !stage.failedByItself() || error.isEmpty()) {
            return Optional.empty();
        }
        List<SetAside> ours =
                environment.setAside().stream().filter(SetAside::ours).toList();
        boolean known = environment.broken().stream().anyMatch(broken -> error.equals(broken.error()));
        Matcher module = MODULE.matcher(error);
        @Nullable String name = module.find() ? normalized(ErrorAdvice.packageOf(module.group(1))) : null;
        List<SetAside> named = ours.stream()
                .filter(aside -> known || normalized(aside.requirement()).equals(name))
                .toList();
        return named.isEmpty() ? Optional.empty() : Optional.of(new OurVersions(named));
    }

    /** Of a requirement, or of a package: its name as the package index writes it. */
    private static String normalized(String requirement) {
        Matcher name = NAME.matcher(requirement);
        return name.find() ? PackageName.normalized(name.group()) : requirement;
    }

    /** Why the stage cannot be judged. */
    String told(StageRun stage, RunStory story) {
        String those = PlainText.list(
                replaced.stream().limit(SHOWN).map(SetAside::requirement).toList());
        return story.named(stage) + " cannot be judged here: " + those
                + (replaced.size() > SHOWN ? " and others" : "")
                + " cannot be had as declared for the Pythons that the harness has, and the stage failed over what is there"
                + " instead." + RunStory.lastError(stage);
    }
}
