package org.labharness.pipeline.preflight;

import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.labharness.lab.Finding;
import org.labharness.lab.Memory;
import org.labharness.lab.Place;
import org.labharness.lab.ShellWord;
import org.labharness.pipeline.evidence.DataFacts;

/** Whether the data that the pipeline needs can be had from a clean clone. */
final class DataQuirk implements Quirk {
    /** Bytes that nobody should put into Git. */
    private static final long LARGE = 10_000_000;

    @Override
    public void look(TreeView view, Consumer<Finding> findings) {
        restored(view).forEach(data -> findings.accept(lineEndings(data)));
        for (DataFacts data : view.data()) {
            // a path with backslashes is reported as such
            if (!data.reachable() && !data.path().contains("\\")) {
                findings.accept(finding(
                        data,
                        data.tracker().isEmpty() ? stage(view, data.path()) : Place.of(data.tracker()),
                        data.presence() == DataFacts.Presence.UNTRACKED
                                ? Unkept.orCommit(
                                        view, data.path(), () -> hint(data) + view.hidden(data.path() + ".dvc"))
                                : hint(data)));
            }
        }
    }

    /** By the folder in which Git has changed them. */
    private static Collection<List<DataFacts>> restored(TreeView view) {
        return view.data().stream()
                .filter(data -> data.presence() == DataFacts.Presence.RESTORED)
                .collect(Collectors.groupingBy(DataFacts::reason, TreeMap::new, Collectors.toList()))
                .values();
    }

    static Finding finding(DataFacts data, Place place) {
        return finding(data, place, hint(data));
    }

    private static Finding finding(DataFacts data, Place place, String hint) {
        return code(data)
                .at(
                        place,
                        "The data " + data.path() + size(data) + " cannot be had from a clean clone: " + data.reason()
                                + ".",
                        hint);
    }

    private static Finding lineEndings(List<DataFacts> all) {
        DataFacts data = all.getFirst();
        String store = data.reason();
        String more = all.size() == 1 ? "" : " (and of " + (all.size() - 1) + " more)";
        return FindingCode.DATA_LINE_ENDINGS.at(
                Place.of(data.tracker()),
                "Git has changed the line endings of " + data.path() + more + " in " + store
                        + ", so that its content is no longer what " + data.tracker()
                        + " records and 'dvc pull' refuses it on other machines. The grader puts them back; you lose no points.",
                "Tell Git to leave what DVC stores as it is, then commit it anew from the machine that has the data:"
                        + " echo " + ShellWord.of(store + "/** -text") + " >> .gitattributes, git rm -r -q --cached "
                        + ShellWord.of(store)
                        + ", dvc push, git add .gitattributes " + ShellWord.of(store) + ", git commit.");
    }

    private static FindingCode code(DataFacts data) {
        return switch (data.presence()) {
            case NO_REMOTE -> FindingCode.DATA_NO_REMOTE;
            case REMOTE_ELSEWHERE -> FindingCode.DATA_REMOTE_ELSEWHERE;
            case REMOTE_UNREACHABLE -> FindingCode.DATA_REMOTE_UNREACHABLE;
            case NOT_PUSHED -> FindingCode.DATA_NOT_PUSHED;
            case UNANSWERED -> FindingCode.DATA_UNANSWERED;
            case UNTRACKED, PRESENT, RESTORED, PROVIDED, FETCHABLE, FETCHED -> FindingCode.DATA_UNTRACKED;
        };
    }

    private static String size(DataFacts data) {
        return data.size() < 0 ? "" : " (" + new Memory(data.size()) + ")";
    }

    private static Place stage(TreeView view, String path) {
        return view.stages()
                .filter(stage -> stage.deps().contains(path))
                .map(stage -> stage.where())
                .findFirst()
                .orElse(Place.of("dvc.yaml"));
    }

    private static String hint(DataFacts data) {
        return switch (data.presence()) {
            case PRESENT, RESTORED, PROVIDED, FETCHABLE, FETCHED -> "";
            case UNANSWERED ->
                "Check that the address works from another machine than yours: dvc pull in a fresh clone.";
            case NO_REMOTE ->
                data.size() > LARGE
                        ? "Use a remote that your teacher names: dvc remote add -d store <url>, dvc push, and commit .dvc/config."
                        : "Use a remote that your teacher names, or keep small data in the repository itself: dvc remote add -d store dvcstore,"
                                + " dvc push, echo 'dvcstore/** -text' >> .gitattributes, git add dvcstore .gitattributes .dvc/config,"
                                + " git commit.";
            case REMOTE_ELSEWHERE ->
                "A folder on your own disk is not in the clone. Use a remote that your teacher can read, then: dvc push.";
            case REMOTE_UNREACHABLE ->
                "Ask your teacher which remote the grader may read, add it (dvc remote add -d ...), then: dvc push.";
            case NOT_PUSHED -> "Run 'dvc push' on the machine that has the data and commit what it wrote.";
            case UNTRACKED -> "Track it: dvc add " + ShellWord.of(data.path()) + ", commit the .dvc file and dvc push.";
        };
    }
}
