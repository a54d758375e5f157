package org.labharness.pipeline.collect.mlflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.labharness.pipeline.tracking.Bridge;

/** Reads a server in parts: where one of them is too much to read, the others still are. */
final class Part {
    private final Bridge bridge;

    Part(Bridge bridge) {
        this.bridge = bridge;
    }

    /** @return why it could not be read, as the end of a sentence; empty where it was */
    Optional<String> read(Runnable reading) {
        int before = bridge.oversized();
        try {
            reading.run();
            return Optional.empty();
        } catch (MlflowHttp.Declined declined) {
            return Optional.of(String.valueOf(declined.getMessage()));
        } catch (RuntimeException e) {
            // The MLflow client throws what it likes; that an answer was cut off only the bridge can tell.
            if (bridge.exhausted() || bridge.oversized() == before) {
                throw e;
            }
            return Optional.of("an answer is longer than is read of one");
        }
    }

    /** The same for a value; the other one where it could not be read. */
    <T> T read(Supplier<T> reading, T otherwise, StoreDraft draft, String what) {
        List<T> read = new ArrayList<>(1);
        read(() -> read.add(reading.get()), draft, what);
        return read.isEmpty() ? otherwise : read.get(0);
    }

    /** The same, noting in the store's draft why something could not be read. */
    void read(Runnable reading, StoreDraft draft, String what) {
        read(reading).ifPresent(why -> draft.problem(what + " could not be read: " + why));
    }
}
