package org.labharness.pipeline.serve;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.labharness.lab.ModelReference;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.document.JsonWords;
import org.labharness.pipeline.evidence.TrackingStore;
import org.labharness.pipeline.evidence.TrackingStore.ModelVersion;
import org.labharness.pipeline.tracking.Bridge;
import org.labharness.pipeline.tracking.TrackingServer;

/** Versions of a registered model, and the alias that chooses among them. */
final class Aliases {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long MOST_BYTES = 1 << 20;

    private final ModelReference.Registered model;
    private final List<ModelVersion> versions;

    /** @param stores what the submission tracked; only what its server holds can be moved */
    Aliases(ModelReference.Registered model, List<TrackingStore> stores) {
        this.model = model;
        this.versions = stores.stream()
                .filter(store -> store.kind() == TrackingStore.Kind.SERVER)
                .flatMap(store -> store.registeredModels().stream())
                .filter(one -> one.name().equals(model.name()))
                .flatMap(one -> one.versions().stream())
                .filter(ModelVersion::fresh)
                .sorted(Comparator.comparingInt(ModelVersion::number).reversed())
                .toList();
    }

    /** The version that has the alias. */
    Optional<String> meant() {
        return versions.stream()
                .filter(version -> version.isMeantBy(model))
                .map(ModelVersion::version)
                .findFirst();
    }

    /** The newest of those that have it not. */
    Optional<String> other() {
        return versions.stream()
                .filter(version -> !version.isMeantBy(model))
                .map(ModelVersion::version)
                .findFirst();
    }

    /**
     * Moves the alias, as {@code MlflowClient.set_registered_model_alias} does.
     *
     * @return what went wrong, as the end of a sentence; empty where nothing did
     */
    String move(String version, TrackingServer server) {
        String body = "{\"name\":" + JsonWords.quoted(model.name()) + ",\"alias\":" + JsonWords.quoted(model.word())
                + ",\"version\":" + JsonWords.quoted(version) + "}";
        try (Bridge bridge = server.openBridge(MOST_BYTES, PATIENCE);
                HttpClient client = HttpClient.newHttpClient()) {
            URI uri = bridge.uri().resolve("/api/2.0/mlflow/registered-models/alias");
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status == 200 ? "" : "the registry answered with status " + status;
        } catch (IOException e) {
            throw new SystemBroke(Breakdown.TRACKING_SERVER, "an alias could not be moved: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SystemBroke(Breakdown.INTERRUPTED, "interrupted while an alias was moved", e);
        }
    }
}
