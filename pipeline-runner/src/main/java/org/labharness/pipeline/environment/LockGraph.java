package org.labharness.pipeline.environment;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.labharness.lab.Place;
import org.labharness.lab.PythonVersion;

/** What a lock file pins, as a graph: of it only what the roots lead to on this system is needed. */
final class LockGraph {
    private static final int MOST = 3_000;

    /** @param marker when it is needed, or empty */
    record Edge(String name, String marker, Set<String> extras) {
        Edge {
            extras = Set.copyOf(extras);
        }
    }

    /**
     * One version of a package.
     *
     * @param markers any of which must hold where there are several versions; empty for always
     * @param address where it comes from, if not from a package index; empty for the index
     * @param extras what else an extra of it needs
     */
    record Node(
            String name,
            String version,
            List<String> markers,
            String address,
            List<Edge> edges,
            Map<String, List<Edge>> extras,
            Place where) {}

    private final Map<String, List<Node>> nodes = new LinkedHashMap<>();
    private final PythonVersion python;

    LockGraph(PythonVersion python) {
        this.python = python;
    }

    void add(Node node) {
        nodes.computeIfAbsent(Requirement.normalize(node.name()), name -> new ArrayList<>())
                .add(node);
    }

    boolean isEmpty() {
        return nodes.isEmpty();
    }

    List<Node> all() {
        return nodes.values().stream().flatMap(List::stream).toList();
    }

    /** The pins that these lead to, added to the declarations. */
    void walk(List<Edge> roots, Declarations into) {
        Deque<Edge> waiting = new ArrayDeque<>(roots);
        Set<String> seen = new HashSet<>();
        for (int steps = 0; !waiting.isEmpty() && steps < MOST; steps++) {
            Edge edge = waiting.remove();
            String name = Requirement.normalize(edge.name());
            if (!Markers.hold(edge.marker(), python)) {
                continue;
            }
            for (Node node : chosen(name)) {
                if (seen.add(name)) {
                    pin(node, into);
                    waiting.addAll(node.edges());
                }
                for (String extra : edge.extras()) {
                    if (seen.add(name + "[" + extra + "]")) {
                        waiting.addAll(node.extras().getOrDefault(extra, List.of()));
                    }
                }
            }
        }
    }

    private List<Node> chosen(String name) {
        List<Node> versions = nodes.getOrDefault(name, List.of());
        return versions.stream()
                .filter(node -> node.markers().isEmpty()
                        || node.markers().stream().anyMatch(marker -> Markers.hold(marker, python)))
                .limit(1)
                .toList();
    }

    private static void pin(Node node, Declarations into) {
        String line = node.name() + "==" + node.version();
        if (node.address().isEmpty()) {
            into.add(line, node.where());
        } else {
            into.address(new Requirement(
                    node.name(), node.name(), node.name() + " @ " + node.address(), node.where(), true));
        }
    }
}
