package org.labharness.pipeline.serve;

import java.nio.file.Path;
import java.util.List;
import org.labharness.lab.Service;
import org.labharness.pipeline.predict.ModelFiles;
import org.labharness.pipeline.predict.Predictions;
import org.labharness.pipeline.run.EntryPoints;
import org.labharness.pipeline.sandbox.Mount;

/** What starts a service. */
sealed interface ServiceStart {
    /** Where a model lies that is served. */
    String MODEL = "/model";

    /**
     * A line of the shell.
     *
     * @param directory absolute, inside of a container
     * @param mounts beside those of every command
     */
    record Line(String directory, String command, List<Mount> mounts) implements ServiceStart {
        public Line {
            mounts = List.copyOf(mounts);
        }
    }

    /** @param words the end of a sentence that says what was seen */
    record Nothing(String words) implements ServiceStart {}

    /** @param folder an empty one, for a model's files; no container may write to it */
    static ServiceStart of(Service service, Predictions predictions, Predictions.Subject subject, Path folder) {
        return switch (service.start()) {
            case Service.CommandLine command -> new Line("/work", command.line(), List.of());
            case Service.EntryPoint entry ->
                switch (EntryPoints.find(subject.tree(), entry.project())) {
                    case EntryPoints.Line line -> new Line(line.directory(), line.command(), List.of());
                    case EntryPoints.Missing missing -> new Nothing(missing.reason());
                };
            case Service.Model model ->
                switch (predictions.copy(subject, model.reference(), folder)) {
                    case ModelFiles.Copied copied ->
                        new Line(
                                "/work",
                                "exec mlflow models serve --model-uri " + MODEL + " --host 127.0.0.1 --port "
                                        + service.port() + " --env-manager local",
                                List.of(Mount.readOnly(folder, MODEL)));
                    case ModelFiles.NotThere not -> new Nothing(not.words());
                };
        };
    }
}
