package org.labharness.pipeline.predict;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.labharness.lab.EvidenceRequest;
import org.labharness.lab.HiddenData;
import org.labharness.lab.Lab;
import org.labharness.lab.Memory;
import org.labharness.lab.ModelReference;
import org.labharness.lab.PythonVersion;
import org.labharness.lab.TestRows;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.collect.mlflow.LoggedModels;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.environment.PreparedEnvironment;
import org.labharness.pipeline.evidence.PredictionFacts;
import org.labharness.pipeline.evidence.TrackingStore;
import org.labharness.pipeline.probe.Evaluator;
import org.labharness.pipeline.probe.ProbeKit;
import org.labharness.pipeline.sandbox.Images;
import org.labharness.pipeline.sandbox.Sandbox;
import org.labharness.pipeline.sandbox.Sign;
import org.labharness.pipeline.sandbox.SpaceLayout;
import org.labharness.pipeline.sandbox.SubmissionSpace;

/** Lets models of submissions predict hidden rows of their lab, or rows of their own. One per harness; safe for use by several threads. */
public final class Predictions {
    /** A copy of the model, the rows, and what comes out. */
    private static final Memory BESIDE = Memory.mebibytes(256);

    private final Sandbox sandbox;
    private final Images images;
    private final Path home;
    private final HiddenStore hidden;
    private final Evaluator evaluator;

    /** @param home state folder of the harness */
    public Predictions(Sandbox sandbox, Images images, Path home, ProbeKit kit) {
        this.sandbox = sandbox;
        this.images = images;
        this.home = home;
        String image = images.tools(PythonVersion.PY311);
        this.hidden = new HiddenStore(sandbox, image, home);
        this.evaluator = new Evaluator(sandbox, image, kit);
    }

    /**
     * A submission after its run.
     *
     * @param space in which nothing of it runs any more; still open, so that its environment can be used there
     * @param variables of its stages
     * @param stores what it tracked
     */
    public record Subject(
            Lab lab,
            SubmissionSpace space,
            TreeReader tree,
            PreparedEnvironment environment,
            Map<String, String> variables,
            List<TrackingStore> stores) {
        public Subject {
            variables = Map.copyOf(variables);
            stores = List.copyOf(stores);
        }

        /** Is told what is done for it. */
        Consumer<Sign> heard() {
            return space.request().heard();
        }
    }

    /** What each request gives, in their order. Whatever a model does is a result. */
    public List<PredictionFacts> of(
            Subject subject, List<EvidenceRequest.Predictions> requests, Consumer<String> note) {
        ModelFinder finder = finder(subject);
        OwnEnvironment own = new OwnEnvironment(
                subject.space(),
                images.tools(subject.environment().python()),
                subject.environment(),
                subject.variables());
        Predictors predictors = new Predictors(evaluator, own, note, subject.heard());
        Map<Tried, PredictionFacts> before = new HashMap<>();
        List<PredictionFacts> facts = new ArrayList<>();
        for (EvidenceRequest.Predictions request : requests) {
            facts.add(one(subject, request, finder, predictors, before));
        }
        return facts;
    }

    /** A number that follows from the secret of the course and a purpose: nobody can foresee it, and it is the same every time. */
    public long seed(String purpose) {
        return CourseSeed.of(home).number(purpose);
    }

    /** Draws rows from hidden data of a lab. */
    public Draw draw(Subject subject, String data, int rows, long seed) {
        try {
            return Draw.Drawn.of(
                    hidden.rows(
                            subject.lab(),
                            Objects.requireNonNull(
                                    HiddenData.of(data, subject.lab().hidden())),
                            subject.heard()),
                    rows,
                    seed);
        } catch (UnfitData unfit) {
            return new Draw.Unfit(String.valueOf(unfit.getMessage()));
        }
    }

    /**
     * Copies a model's files, so that nothing of the submission can change them.
     *
     * @param target an empty folder
     */
    public ModelFiles copy(Subject subject, ModelReference model, Path target) {
        try {
            return switch (finder(subject).find(model)) {
                case ModelFinder.Missing missing -> new ModelFiles.NotThere(missing.words());
                case ModelFinder.Found found -> {
                    ModelCopy.make(
                            found.place(), target, subject.lab().limits().disk().bytes());
                    yield new ModelFiles.Copied(found.origin());
                }
            };
        } catch (ModelCopy.TooLarge large) {
            return new ModelFiles.NotThere(String.valueOf(large.getMessage()));
        } catch (IOException problem) {
            throw new SystemBroke(Breakdown.DISK_FULL, "A model's files cannot be copied: " + problem + ".", problem);
        }
    }

    private static ModelFinder finder(Subject subject) {
        SpaceLayout layout = subject.space().layout();
        return new ModelFinder(
                subject.tree(),
                subject.stores(),
                () -> LoggedModels.in(layout.tracking(), layout.work(), layout.temporary()));
    }

    /**
     * The numbers of a lab's hidden rows, for whoever looks for copies of them.
     *
     * @param heard is told that making them goes on
     */
    public HiddenNumbers numbers(Lab lab, String data, Consumer<Sign> heard) {
        try {
            return hidden.numbers(lab, Objects.requireNonNull(HiddenData.of(data, lab.hidden())), heard);
        } catch (UnfitData unfit) {
            return HiddenNumbers.unfit(String.valueOf(unfit.getMessage()));
        }
    }

    /**
     * The table of a lab's hidden rows, for samples that are to hold them.
     *
     * @throws SystemBroke where there is none
     */
    public Path table(Lab lab, String data) {
        try {
            return hidden.file(lab, Objects.requireNonNull(HiddenData.of(data, lab.hidden())), Sign.UNHEARD);
        } catch (UnfitData unfit) {
            throw new SystemBroke(Breakdown.INTERNAL, String.valueOf(unfit.getMessage()), unfit);
        }
    }

    /** The same files on the same rows: two names of one model. */
    private record Tried(LoggedModels.Folder place, String rows) {}

    /** @param before what was found out of files that other names meant as well */
    private PredictionFacts one(
            Subject subject,
            EvidenceRequest.Predictions request,
            ModelFinder finder,
            Predictors predictors,
            Map<Tried, PredictionFacts> before) {
        Lab lab = subject.lab();
        LabelledRows rows;
        try {
            rows = switch (request.rows()) {
                case TestRows.Hidden data ->
                    hidden.rows(lab, Objects.requireNonNull(HiddenData.of(data.id(), lab.hidden())), subject.heard());
                case TestRows.Own own -> OwnRows.read(own, subject.tree());
                case TestRows.Canaries canaries -> CanaryRows.read(canaries, lab.folder(), subject.tree());
            };
        } catch (UnfitData unfit) {
            return unfit(request, unfit);
        }
        ModelTrial trial = new ModelTrial(
                predictors,
                subject.space().layout().uid(),
                lab.limits(),
                rows,
                request.model().toString());
        return switch (finder.find(request.model())) {
            case ModelFinder.Missing missing -> trial.of(missing);
            case ModelFinder.Found found -> {
                Tried files = new Tried(found.place(), request.rows().key());
                PredictionFacts known = before.get(files);
                if (known == null) {
                    known = tried(trial, found, subject);
                    before.put(files, known);
                }
                yield known.as(request.model().toString(), found.origin());
            }
        };
    }

    private PredictionFacts tried(ModelTrial trial, ModelFinder.Found found, Subject subject) {
        Memory size = new Memory(subject.lab().limits().disk().bytes() + BESIDE.bytes());
        try (SubmissionSpace fresh = sandbox.open(subject.space().request().with(size))) {
            return trial.of(found, Files.createDirectory(fresh.layout().work().resolve("trial")));
        } catch (IOException problem) {
            throw new SystemBroke(Breakdown.DISK_FULL, "no place for a model's predictions: " + problem, problem);
        }
    }

    private static PredictionFacts unfit(EvidenceRequest.Predictions request, UnfitData unfit) {
        return new PredictionFacts(
                request.model().toString(),
                request.rows().key(),
                unfit.outcome(),
                String.valueOf(unfit.getMessage()),
                "",
                List.of(),
                null,
                0,
                List.of(),
                Map.of(),
                "",
                "",
                0,
                0);
    }
}
