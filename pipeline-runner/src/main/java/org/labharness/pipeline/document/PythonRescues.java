package org.labharness.pipeline.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Carries what rescues a call over to the function that is called: its code is rescued where every call of it in the file is. */
final class PythonRescues {
    private static final int ROUNDS = 5;

    private final List<Called> calls = new ArrayList<>();
    private final Map<String, PythonRescue> functions = new HashMap<>();

    private record Called(String function, Spot from) {}

    /**
     * Where something stands.
     *
     * @param within name of the innermost function around it; empty outside of functions
     */
    record Spot(PythonRescue rescue, String within) {
        static final Spot TOP = new Spot(PythonRescue.NONE, "");

        Spot rescued(PythonRescue by) {
            return new Spot(rescue.or(by), within);
        }
    }

    void called(String callee, Spot from) {
        calls.add(new Called(callee.substring(callee.lastIndexOf('.') + 1), from));
    }

    /** To be called once, when all calls are known. */
    void settle() {
        for (int round = 0; round < ROUNDS; round++) {
            Map<String, PythonRescue> next = new HashMap<>();
            calls.forEach(call -> next.merge(call.function(), of(call.from()), PythonRescue::and));
            functions.putAll(next);
        }
    }

    /** All that rescues a spot. */
    PythonRescue of(Spot spot) {
        return spot.within().isEmpty()
                ? spot.rescue()
                : spot.rescue().or(functions.getOrDefault(spot.within(), PythonRescue.NONE));
    }
}
