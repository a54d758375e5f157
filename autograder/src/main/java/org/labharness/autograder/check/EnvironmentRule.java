package org.labharness.autograder.check;

import java.util.List;
import org.labharness.pipeline.evidence.EnvironmentFacts;
import org.labharness.pipeline.evidence.EnvironmentFacts.SetAside;
import org.labharness.pipeline.evidence.StageRun;

/** {@code environment-installs}: half of the points where it installs only once lines were set aside, or runs with guessed packages. */
final class EnvironmentRule {
    private static final String TRY =
            "Try it in an empty environment: python -m venv fresh && fresh/bin/pip install -r" + " requirements.txt";

    private static final List<String> TOLD_OF_THE_LINE =
            List.of("is ", "has ", "names ", "comes ", "exists ", "does ", "contradicts ", "was ", "could ");

    private EnvironmentRule() {}

    static Ruling judge(Case subject) {
        EnvironmentFacts environment = subject.evidence().environment();
        if (environment == null) {
            return none(subject);
        }
        if (environment.failure() != null) {
            return Ruling.absent(RunStory.environment(environment.failure()));
        }
        List<SetAside> faults =
                environment.setAside().stream().filter(SetAside::fault).toList();
        if (!faults.isEmpty()) {
            return faulty(faults, subject);
        }
        if (environment.declaredIn().isEmpty()) {
            return undeclared(environment, subject);
        }
        return Ruling.full("Installs as declared in " + PlainText.list(environment.declaredIn()) + " on Python "
                + PlainText.name(environment.python()) + "." + remarks(environment));
    }

    /** What was guessed is worth something unless a stage met a package that it lacks; nothing at all to try it on is no work. */
    private static Ruling undeclared(EnvironmentFacts environment, Case subject) {
        boolean ran = new RunStory(subject.evidence()).fates().count(Blame.RAN) > 0;
        List<StageRun> stages = subject.evidence().run().stages();
        boolean lacked = stages.stream()
                .map(stage -> stage.log().lastError())
                .anyMatch(error -> error.contains("ModuleNotFoundError") || error.contains("ImportError"));
        boolean nothing = environment.installed().stream().allMatch(pin -> pin.startsWith("setuptools=="));
        if (ran && nothing) {
            return Ruling.full("There is nothing to install: the stages ran without any package.");
        }
        String hint = "List the packages with versions in requirements.txt at the top of the repository, such as"
                + " pandas==2.2.3, and commit it.";
        boolean stoppedByOther = !nothing && !stages.isEmpty() && !lacked;
        return ran || stoppedByOther
                ? Ruling.part(
                        subject.full().part(1, 2),
                        Sentence.of(
                                "No file says what to install, so the packages were guessed from the imports.", hint))
                : Ruling.absent(Sentence.of(
                        "No file says what to install, and no stage ran with the packages that the imports suggest.",
                        hint));
    }

    private static Ruling faulty(List<SetAside> faults, Case subject) {
        SetAside first = faults.get(0);
        String others = faults.size() == 1
                ? ""
                : " Also: "
                        + PlainText.list(faults.stream()
                                .skip(1)
                                .map(SetAside::requirement)
                                .toList()) + ".";
        return Ruling.part(
                subject.full().part(1, 2),
                Sentence.at(
                        first.where(),
                        PlainText.name(first.where().toString()) + " says " + PlainText.quoted(first.requirement())
                                + ", which was not installed as written: " + reason(first) + others,
                        "Correct the line in " + PlainText.name(first.where().path()) + ". " + TRY));
    }

    /** Reasons are told of the line: "is no requirement", or stand alone: "the package index has no such version". */
    private static String reason(SetAside aside) {
        String reason = RunStory.ended(aside.reason());
        return TOLD_OF_THE_LINE.stream().anyMatch(reason::startsWith) ? "it " + reason : reason;
    }

    private static Ruling none(Case subject) {
        return new RunStory(subject.evidence())
                .nothingRan()
                .map(why -> Ruling.absent(subject.because("The requirements were not installed.", why)))
                .orElseGet(() -> Ruling.ours("No environment was made, though the pipeline ran."));
    }

    private static String remarks(EnvironmentFacts environment) {
        StringBuilder text = new StringBuilder();
        if (!environment.setAside().isEmpty()) {
            text.append(" Not as written, no points lost: ")
                    .append(PlainText.list(environment.setAside().stream()
                            .map(SetAside::requirement)
                            .toList()))
                    .append(
                            environment.setAside().size() == 1
                                    ? " (" + environment.setAside().getFirst().reason() + ")."
                                    : "; the reasons are among what was noticed while reading.");
        }
        if (environment.help() != null) {
            text.append(" It needed help, no points lost: ").append(RunStory.ended(environment.help()));
        }
        return text.toString();
    }
}
