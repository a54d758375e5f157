package org.labharness.pipeline.collect.mlflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;

/** Writes a folder as MLflow's file store does. */
record FileStore(Path root) {
    /** Later than whatever a store holds. */
    static final InstantSource STANDING_CLOCK = InstantSource.fixed(Instant.parse("2100-01-01T00:00:00Z"));

    /** Of a time when nothing can have been made yet. */
    static Snapshot snapshot(Path tree) {
        return SnapshotReader.read(tree, Caps.DEFAULT, Instant.EPOCH);
    }

    FileStore experiment(String id, String name) throws IOException {
        write(id + "/meta.yaml", """
                artifact_location: file:///work/mlruns/%s
                experiment_id: '%s'
                lifecycle_stage: active
                name: %s
                """.formatted(id, id, name));
        return this;
    }

    FileStore run(String experiment, String id, String name, int status) throws IOException {
        return run(experiment, id, name, status, Instant.now());
    }

    FileStore run(String experiment, String id, String name, int status, Instant started) throws IOException {
        write(experiment + "/" + id + "/meta.yaml", """
                artifact_uri: file:///work/mlruns/%s/%s/artifacts
                experiment_id: '%s'
                lifecycle_stage: active
                run_id: %s
                run_name: %s
                start_time: %d
                status: %d
                tags: []
                """.formatted(
                        experiment, id, experiment, id, name, started.toEpochMilli(), status));
        return this;
    }

    FileStore version(String model, int version, String run, String alias) throws IOException {
        write("models/" + model + "/meta.yaml", "name: " + model + "\n");
        write("models/" + model + "/version-" + version + "/meta.yaml", """
                current_stage: None
                name: %s
                run_id: %s
                source: file:///work/mlruns/1/%s/artifacts/model
                version: %d
                """.formatted(model, run, run, version));
        if (!alias.isEmpty()) {
            write("models/" + model + "/aliases/" + alias, Integer.toString(version));
        }
        return this;
    }

    FileStore write(String path, String content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return this;
    }
}
