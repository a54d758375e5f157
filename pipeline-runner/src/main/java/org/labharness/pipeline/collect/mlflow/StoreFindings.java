package org.labharness.pipeline.collect.mlflow;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.lab.Severity;
import org.labharness.pipeline.evidence.TrackingStore.Kind;

/** What reading a store brought up, in words for the student. */
final class StoreFindings {
    private static final String LOG_ANEW =
            "Let a stage of your pipeline train and log again while it is graded: only what is made then counts in full.";

    private final StoreDraft draft;
    private final List<Finding> findings = new ArrayList<>();

    private StoreFindings(StoreDraft draft) {
        this.draft = draft;
    }

    static List<Finding> of(StoreDraft draft) {
        StoreFindings all = new StoreFindings(draft);
        all.partlyRead();
        all.misdated();
        all.doubted();
        all.incomplete();
        return all.findings;
    }

    static Finding treeTooLarge() {
        return new Finding(
                "tracking.tree-too-large",
                Severity.ADVICE,
                null,
                "The work tree holds so many files after the run that not all were searched for MLflow stores.",
                "Log to the tracking server that the harness offers in MLFLOW_TRACKING_URI; its runs always count.");
    }

    private void partlyRead() {
        draft.unread()
                .ifPresent(why -> add(
                        "tracking.unread",
                        name() + " could not be read to its end: " + why + ".",
                        "If the store holds thousands of runs or steps, log less; otherwise there is nothing to do: staff look"
                                + " at it."));
        if (!draft.problems().isEmpty()) {
            add(
                    "tracking.partly-read",
                    name() + " was read only in part: " + String.join("; ", draft.problems()) + ".",
                    "Log less: what a lab asks for needs a few runs with a few values each.");
        }
    }

    private void misdated() {
        draft.firstMisdated().ifPresent(first -> {
            LocalDate day = LocalDate.ofInstant(first.started(), ZoneOffset.UTC);
            boolean one = draft.misdated() == 1;
            String how = first.late()
                    ? "their dates were written by hand"
                    : "they were copied, unpacked or checked out here, not made";
            String itHow = first.late()
                    ? "its date was written by hand, and it"
                    : "it was copied, unpacked or checked out here, not made, and";
            add(
                    first.late() ? "tracking.dated-after" : "tracking.dated-before",
                    name() + " holds " + (one ? "a run that was" : draft.misdated() + " runs that were") + " started "
                            + (first.late() ? "after" : "before") + " this grading (" + (one ? "" : "the first is ")
                            + quoted(first.name()) + ", on " + day + "): "
                            + (one ? itHow + " counts" : how + ", and count") + " as committed.",
                    LOG_ANEW);
        });
    }

    private void doubted() {
        draft.doubt()
                .ifPresent(why -> add(
                        "tracking.not-seen-before",
                        "Which runs of " + name("the MLflow store") + " are new cannot be told, because " + why
                                + ": all of them count as committed.",
                        draft.kind() == Kind.SERVER
                                ? LOG_ANEW
                                : "Take committed stores out of Git (git rm -r --cached, and a line in .gitignore), and log to the"
                                        + " tracking server that the harness offers in MLFLOW_TRACKING_URI; its runs always"
                                        + " count."));
    }

    private void incomplete() {
        draft.incomplete()
                .forEach((model, missing) -> add(
                        "tracking.model-incomplete",
                        "Model " + quoted(model) + " (run/model) in " + name("the MLflow store") + " lacks its file "
                                + quoted(missing) + ", which its MLmodel names: it cannot be loaded.",
                        "Do not delete or move what log_model wrote, and look whether a limit on disk space was hit while it was"
                                + " written."));
    }

    private void add(String code, String message, String hint) {
        findings.add(new Finding(code, Severity.ADVICE, place(), message, hint));
    }

    private @Nullable Place place() {
        return draft.kind() == Kind.SERVER ? null : Place.of(draft.store());
    }

    private String name() {
        return name("The MLflow store");
    }

    private String name(String store) {
        return draft.kind() == Kind.SERVER
                ? store.equals("The MLflow store") ? "The tracking server" : "the tracking server"
                : store + " " + quoted(draft.store());
    }

    private static String quoted(String text) {
        return "'" + text + "'";
    }
}
