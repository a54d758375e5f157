package org.labharness.autograder.check;

import java.util.Optional;
import org.labharness.lab.ModelReference;
import org.labharness.lab.TestRows;
import org.labharness.pipeline.evidence.LimitHit;
import org.labharness.pipeline.evidence.ModelOrigin;
import org.labharness.pipeline.evidence.PredictionFacts;

/** Why a model was not measured, and what its author can do about it. Words that may hold hidden rows are never told. */
final class NotMeasured {
    private static final String UNTOLD =
            " What it said is not shown here: it had seen hidden rows. Staff can read it in the evidence.";

    private static final String NOT_COMPARED = " So the model could not be measured on it.";

    private final ModelReference model;
    private final TestRows asked;
    private final Case subject;

    NotMeasured(ModelReference model, TestRows asked, Case subject) {
        this.model = model;
        this.asked = asked;
        this.subject = subject;
    }

    /** @param facts of which the outcome is any but MEASURED */
    Ruling because(PredictionFacts facts) {
        String detail = PlainText.line(facts.detail(), 500);
        Optional<Sentence> ours = new RunStory(subject.evidence()).ours();
        if (ours.isPresent()) {
            return Ruling.ours(subject.because("The model " + named() + " could not be measured.", ours.get())
                    .message());
        }
        return switch (facts.outcome()) {
            case NO_MODEL -> lacking("There is no model " + named() + ": " + RunStory.ended(detail), makeIt());
            case NO_FILES ->
                lacking(
                        "The model " + named() + " cannot be used: " + RunStory.ended(detail),
                        "Log the model with mlflow.<flavor>.log_model, which uploads its files, and register what was logged;"
                                + " a path on your own machine, or weights that Git ignores, are not there in a clean clone.");
            case NOT_LOADED ->
                absent(
                        found(facts) + " cannot be loaded" + (detail.isEmpty() ? "." : ": " + RunStory.ended(detail)),
                        load(detail));
            case NO_ROWS -> lacking(detail + NOT_COMPARED, writeThem());
            case UNFIT_ROWS -> absent(detail + NOT_COMPARED, writeThem());
            case OTHER_INPUTS ->
                absent(
                        found(facts) + " takes other columns than " + RowWords.table(asked) + ": "
                                + RunStory.ended(detail),
                        inside(
                                "Train on the columns that the lab names, under their names and in their order, inside the model whatever"
                                        + " has to be done to them; or log the model with a signature, so that it is given its columns by"
                                        + " their names."));
            case FAILED ->
                absent(
                        found(facts) + " was loaded, but failed while it predicted " + rows(facts) + told(detail),
                        inside(
                                "Load the model in a fresh process and let it predict rows that the training did not use, with nothing but the"
                                        + " features: values that were never seen, missing values and another number of rows must be"
                                        + " possible."));
            case NO_PREDICTION ->
                absent(
                        found(facts) + " gave no usable prediction" + told(detail),
                        "Let the model give one label, or one number, for each row it is given; probabilities in the order of the"
                                + " sorted labels.");
            case LIMIT ->
                facts.limits().stream()
                        .findFirst()
                        .map(hit -> Ruling.absent(limit(facts, hit)))
                        .orElseGet(
                                () -> Ruling.ours("A limit was met while a model predicted, and nobody knows which."));
            case DIED ->
                absent(
                        "The process in which " + lower(found(facts)) + " was to predict " + rows(facts) + " died"
                                + (detail.isEmpty() ? "." : " (" + detail + ")."),
                        "Load the saved file in a fresh process and let it predict; export it again with the versions in your"
                                + " requirements.");
            case OURS -> Ruling.ours("The model " + named() + " was not measured: " + RunStory.ended(detail));
            case MEASURED -> Ruling.ours("The model " + named() + " was measured, but not by this metric.");
        };
    }

    /** No request was ever made of it. */
    Ruling untried() {
        return Ruling.ours("No model was asked to predict " + RowWords.all(asked) + ".");
    }

    /** What the pipeline did not make may be missing for the pipeline's own reasons. */
    private Ruling lacking(String missing, String hint) {
        if (model.tracked()) {
            return new TrackedRuns(subject).lacking(0, 1, missing, hint);
        }
        RunStory story = new RunStory(subject.evidence());
        Optional<Sentence> failure = story.failure();
        if (failure.isEmpty() && story.unreachable().isPresent()) {
            return Ruling.theirs(
                    subject.unreachable(subject.full()),
                    subject.because(missing, story.unreachable().get()));
        }
        return failure.map(why -> Ruling.absent(subject.because(missing, why))).orElseGet(() -> absent(missing, hint));
    }

    private static Ruling absent(String message, String hint) {
        return Ruling.absent(Sentence.of(message, hint));
    }

    private String makeIt() {
        return switch (model) {
            case ModelReference.InTree file ->
                "Let a stage write " + PlainText.name(file.path()) + " and declare it as its output.";
            case ModelReference.Logged artifact ->
                "Log it inside a run that finishes: mlflow.<flavor>.log_model(model, name=\""
                        + PlainText.name(artifact.path()) + "\").";
            case ModelReference.Registered registered ->
                switch (registered.choice()) {
                    case ALIAS ->
                        "Register it in a stage: log_model(..., registered_model_name=\""
                                + PlainText.name(registered.name())
                                + "\"), then MlflowClient().set_registered_model_alias(\""
                                + PlainText.name(registered.name())
                                + "\", \"" + PlainText.name(registered.word()) + "\", version).";
                    case VERSION, LATEST ->
                        "Register it in a stage: log_model(..., registered_model_name=\""
                                + PlainText.name(registered.name()) + "\").";
                };
        };
    }

    private static String load(String detail) {
        if (detail.contains("outside of its own folder")) {
            return "Export the model with its weights inside, or in a file beside it.";
        }
        if (detail.contains("No module named")) {
            return "Name what the model needs in your requirements; code of your own that a pickled model needs must lie in the"
                    + " repository, or be logged with it (code_paths).";
        }
        if (detail.contains("object has no attribute 'predict'")) {
            return "Save the model itself, which has a predict(): of a dictionary, a list or another thing around it nobody knows which"
                    + " part is the model. What has to be done to rows and labels belongs into the model (a scikit-learn"
                    + " Pipeline, for example).";
        }
        if (detail.contains("<module '__main__'")) {
            return "Move the class or function into a module of its own in the repository, and import it where the model is trained:"
                    + " what the training script itself defines cannot be found when the model is loaded elsewhere.";
        }
        if (detail.contains("a pointer of Git LFS")) {
            return "Let a stage write the model, or DVC keep it; or commit the file itself, without Git LFS.";
        }
        if (detail.contains("the file is empty")) {
            return "Look at what writes it: the model must be in the file, and the file closed, when the stage ends.";
        }
        return "Load the saved file in a fresh process, with the versions in your requirements, before you push.";
    }

    private Sentence limit(PredictionFacts facts, LimitHit hit) {
        Sentence of = LimitWords.of("The prediction of " + rows(facts) + " by " + lower(found(facts)), hit, null);
        return hit.name() == LimitHit.Name.TIME
                ? Sentence.of(
                        of.message(),
                        "Look for a loop that never ends or a wait for something that never comes; else predict all rows at once"
                                + " instead of one by one, or with a smaller model.")
                : of;
    }

    private String named() {
        return PlainText.name(model.toString());
    }

    private String found(PredictionFacts facts) {
        ModelOrigin origin = facts.origin();
        return "The model " + named()
                + (origin == null || origin.place().equals(model.toString())
                        ? ""
                        : " (" + PlainText.line(origin.place(), 120) + ", " + PlainText.name(origin.flavor()) + ")");
    }

    private String rows(PredictionFacts facts) {
        return RowWords.counted(asked, facts.rows());
    }

    /** Of hidden rows nothing is told that was said by what had seen them; all else was said of rows that the student has. */
    private String told(String detail) {
        return detail.isEmpty() ? "." + (asked instanceof TestRows.Own ? "" : UNTOLD) : ": " + RunStory.ended(detail);
    }

    private String inside(String ofHidden) {
        return switch (asked) {
            case TestRows.Hidden hidden -> ofHidden;
            case TestRows.Canaries canaries -> ofHidden;
            case TestRows.Own own ->
                "The model is given " + RowWords.features(own) + " as they stand in " + PlainText.name(own.file())
                        + ": do inside the model (a scikit-learn Pipeline, for example) whatever has to be done to them, or let"
                        + " a stage write the test rows after it was done.";
        };
    }

    private String writeThem() {
        return switch (asked) {
            case TestRows.Hidden hidden -> "";
            case TestRows.Canaries canaries ->
                "Keep the table at " + PlainText.name(canaries.data()) + " with its columns.";
            case TestRows.Own own ->
                "Let a stage write the rows that the metric is measured on to " + PlainText.name(own.file())
                        + ", declare it as its output, and keep it until the run ends: a line of names, at least 20 rows, the label in the"
                        + " column " + PlainText.quoted(own.label()) + ", the features in the others.";
        };
    }

    private static String lower(String sentence) {
        return Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
    }
}
