package org.labharness.pipeline.fetch;

import java.util.List;
import java.util.Optional;
import org.labharness.lab.Memory;
import org.labharness.pipeline.collect.dvc.DvcRemote;
import org.labharness.pipeline.collect.dvc.Fate;
import org.labharness.pipeline.collect.dvc.GitSource;
import org.labharness.pipeline.collect.dvc.WantedContent;
import org.labharness.pipeline.evidence.DataFacts.Presence;

/** Says what became of content, and whose matter it is. */
final class FateWords {
    private FateWords() {}

    /**
     * @param outcome as the fetching program reports it
     * @param place for people: where it was looked for
     * @param detail for people, or a number of bytes
     */
    static Fate of(String outcome, String place, String detail, FetchLimits limits) {
        String in = detail.isEmpty() ? "" : " (" + detail + ")";
        return switch (outcome) {
            case "fetched" -> new Fate(Presence.FETCHED, "fetched from " + place);
            case "absent" -> new Fate(Presence.NOT_PUSHED, "its content is not in " + place);
            case "wrong" ->
                new Fate(Presence.NOT_PUSHED, place + " holds something else than what is recorded for it" + in);
            case "denied" -> new Fate(Presence.REMOTE_UNREACHABLE, place + " does not let the grader read it" + in);
            case "forbidden" ->
                new Fate(Presence.REMOTE_UNREACHABLE, place + " is a place that the grader may not ask: " + detail);
            case "gone" -> new Fate(Presence.REMOTE_UNREACHABLE, place + " is an address without a server: " + detail);
            case "too-large" ->
                new Fate(
                        Presence.REMOTE_UNREACHABLE,
                        "it is too large: " + size(detail) + " of at most " + limits.size() + " are fetched from "
                                + place);
            default ->
                new Fate(
                        Presence.UNANSWERED,
                        place + " could not be read: " + detail
                                + ". No points are lost by that; it is graded again when the place answers");
        };
    }

    /** No address that it names makes sense. */
    static Fate nowhere(List<WantedContent> contents, String path) {
        Optional<WantedContent> wanted =
                contents.stream().filter(content -> content.path().equals(path)).findFirst();
        String place = wanted.flatMap(WantedContent::git)
                .map(GitSource::shown)
                .or(() -> wanted.flatMap(content -> content.remotes().stream().findFirst())
                        .map(DvcRemote::shown))
                .orElse("what it was imported from");
        return new Fate(Presence.REMOTE_UNREACHABLE, place + " is no address that can be asked");
    }

    private static String size(String detail) {
        return detail.matches("[0-9]{1,18}") ? new Memory(Long.parseLong(detail)).toString() : detail;
    }
}
