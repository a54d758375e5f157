package org.labharness.pipeline.collect.mlflow;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What was in the stores of a tree before anything ran: whatever is not in it afterwards is new. No clock decides, nor the place: a
 * committed store that was moved or copied holds nothing new.
 */
public final class Snapshot {
    private final Map<String, Ids> stores;
    private final Set<String> runs = new HashSet<>();
    private final Set<String> origins = new HashSet<>();

    Snapshot(Map<String, Ids> stores) {
        this.stores = Map.copyOf(stores);
        stores.values().forEach(ids -> {
            runs.addAll(ids.runs());
            origins.addAll(ids.origins());
        });
    }

    /** Of a tree without stores. */
    public static Snapshot empty() {
        return new Snapshot(Map.of());
    }

    /** What is not new in a store: what any store had, and the version numbers that this one had. */
    Ids of(String store) {
        return new Ids(runs, stores.getOrDefault(store, Ids.NONE).versions(), origins);
    }
}
