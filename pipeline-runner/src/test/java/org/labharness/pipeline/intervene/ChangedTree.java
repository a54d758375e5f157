package org.labharness.pipeline.intervene;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.Intervention;
import org.labharness.lab.Place;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.evidence.PipelineFacts;
import org.labharness.pipeline.evidence.PipelineFacts.Stage;

/** A tree in which a test has something changed. */
abstract class ChangedTree {
    @TempDir
    Path folder;

    Change make(List<PipelineFacts> pipelines, Intervention change) throws IOException {
        int uid = (int) Files.getAttribute(folder, "unix:uid");
        return Changes.after(new TreeReader(folder), uid, pipelines, folder, List.of(change))
                .make(change)
                .change();
    }

    static String words(Change change) {
        return ((Change.Made) change).words();
    }

    void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    static PipelineFacts pipeline(Stage... stages) {
        return new PipelineFacts("", List.of(stages), null, null);
    }

    static Stage stage(String name, List<String> deps, Map<String, List<String>> params) {
        return new Stage(
                name,
                List.of("python " + name + ".py"),
                "",
                deps,
                List.of(),
                params,
                false,
                false,
                new Place("dvc.yaml", 1));
    }
}
