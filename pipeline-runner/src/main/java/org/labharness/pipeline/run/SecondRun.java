package org.labharness.pipeline.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.labharness.pipeline.evidence.LogCollector;
import org.labharness.pipeline.evidence.SecondRunFacts.Rerun;
import org.labharness.pipeline.run.Wire.Message;

/** Listens to a second {@code dvc repro}: which stages want to run again, and why. */
final class SecondRun implements DvcSession.Listener {
    private static final Pattern ITEM =
            Pattern.compile("changed (deps|outs): (.+?):? (modified|deleted|new|not in cache)", Pattern.DOTALL);
    private static final int MOST_REASONS = 5;

    private final String root;
    private final List<String> replaced;
    private final LogCollector printed;
    private final Map<String, PlannedStage> plan = new HashMap<>();
    private final List<Rerun> reruns = new ArrayList<>();
    private final Set<String> lookedAt = new HashSet<>();
    private String broken = "";

    /** @param replaced addresses of stages whose outputs the lab provided: they have nothing to agree with */
    SecondRun(String root, List<String> replaced, LogCollector printed) {
        this.root = root;
        this.replaced = List.copyOf(replaced);
        this.printed = printed;
    }

    @Override
    public void printed(byte[] chunk) {
        printed.add(chunk);
    }

    @Override
    public synchronized Optional<Message> told(Message message) {
        switch (message.text(0)) {
            case "stage" -> {
                PlannedStage stage = PlannedStage.parse(root, message);
                plan.put(stage.address(), stage);
            }
            case "planned" -> {
                return Optional.of(Message.of("go", String.join("\0", replaced), ""));
            }
            case "end" -> ended(message);
            case "broken" -> broken = DvcComplaint.words(message.rest(2));
            default -> {
                // Files that cannot be read and repairs are the first run's matter.
            }
        }
        return Optional.empty();
    }

    @Override
    public int command(String directory, String command) {
        return 70;
    }

    synchronized List<Rerun> reruns() {
        return List.copyOf(reruns);
    }

    /**
     * Stages of the first run that DVC did not come to any more: the run itself took them out of the pipeline, or made it unreadable.
     *
     * @param first what the first run planned
     */
    synchronized List<Rerun> lost(Collection<PlannedStage> first) {
        String reason = broken.isEmpty()
                ? "after the run DVC no longer finds it in the pipeline"
                : "after the run DVC can no longer read the pipeline (" + broken + ")";
        return first.stream()
                .filter(stage -> stage.kind() == PlannedStage.Kind.COMMAND)
                .filter(stage -> !replaced.contains(stage.address()) && !lookedAt.contains(stage.address()))
                .map(stage -> new Rerun(fullName(stage), reason))
                .toList();
    }

    private void ended(Message message) {
        lookedAt.add(message.text(1));
        PlannedStage stage = plan.get(message.text(1));
        if (stage == null || stage.kind() != PlannedStage.Kind.COMMAND || replaced.contains(stage.address())) {
            return;
        }
        if (message.text(2).equals("changed")) {
            reruns.add(new Rerun(fullName(stage), reason(message.rest(4))));
        }
    }

    private static String fullName(PlannedStage stage) {
        return stage.pipeline().isEmpty() ? stage.name() : stage.pipeline() + "/" + stage.name();
    }

    /** What DVC says of a changed stage, in words for the student. */
    static String reason(List<String> said) {
        String reasons = said.stream().limit(MOST_REASONS).map(SecondRun::words).collect(Collectors.joining("; "));
        return reasons.isEmpty() ? "it has no dependencies and no outputs, so DVC always runs it" : reasons;
    }

    private static String words(String said) {
        Matcher item = ITEM.matcher(said);
        if (item.matches()) {
            String what = item.group(1).equals("deps") ? "dependency " : "output ";
            String how = item.group(3).equals("modified") ? "changed" : "is " + item.group(3);
            return what + item.group(2) + " " + how;
        }
        return switch (said) {
            case "always changed" -> "it is marked always_changed";
            case "changed command" -> "its command changed";
            case "changed checksum" -> "its definition changed";
            default -> said;
        };
    }
}
