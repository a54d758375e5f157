package org.labharness.pipeline.collect.mlflow;

import java.util.Map;

/** What was in the stores of a tree before anything ran: whatever is not in it afterwards is new. No clock decides. */
public final class Snapshot {
    private final Map<String, Ids> stores;

    Snapshot(Map<String, Ids> stores) {
        this.stores = Map.copyOf(stores);
    }

    /** Of a tree without stores. */
    public static Snapshot empty() {
        return new Snapshot(Map.of());
    }

    Ids of(String store) {
        return stores.getOrDefault(store, Ids.NONE);
    }
}
