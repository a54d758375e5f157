package org.labharness.pipeline.document;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The committed symbolic links of a tree: where those lead that stay inside of it, and what is wrong with the others. All is found from
 * names alone: no link of a file system is ever asked where it leads.
 */
public final class TreeLinks {
    public static final TreeLinks NONE = new TreeLinks(Map.of(), Map.of());
    /** A tree with more of them has none that is followed. */
    public static final int MOST = 1_000;
    /** Links on the way to one file; those that are looked through after a stage are as many. */
    public static final int MOST_ON_THE_WAY = 8;
    /** Bytes of what a link holds. */
    public static final int LONGEST = 500;

    private final Map<String, Followed> followed;
    private final Map<String, Left> left;
    /** What those hold that are followed. */
    private final Map<String, String> targets = new HashMap<>();

    private TreeLinks(Map<String, Followed> followed, Map<String, Left> left) {
        this.followed = followed;
        this.left = left;
        followed.forEach((path, link) -> targets.put(path, link.target()));
    }

    /** Why a link is not followed. */
    public enum Flaw {
        ABSOLUTE("names an absolute path, which is another one on every machine"),
        OUTSIDE("leads out of the repository"),
        GIT("leads into .git, which belongs to Git"),
        CIRCULAR("leads to itself, to a folder that it lies in, or through more than " + MOST_ON_THE_WAY
                + " other links"),
        DANGLING("leads to nothing that is in Git or under DVC or that a stage makes"),
        UNREADABLE("holds no target that could be read (at most " + LONGEST + " bytes of UTF-8)"),
        TOO_MANY("is one of more than " + MOST + " links, which are too many to follow");

        private final String words;

        Flaw(String words) {
            this.words = words;
        }

        /** What the link does, to go on after "the link". */
        public String words() {
            return words;
        }
    }

    /**
     * A link that is followed.
     *
     * @param target as committed
     * @param place where it leads in the end, relative to the root
     * @param committed whether something is committed there; else it may come to be there
     */
    public record Followed(String target, String place, boolean committed) {}

    /**
     * A link that is not followed, and so is a text file that holds its target.
     *
     * @param target as committed; empty where it could not be read
     */
    public record Left(String target, Flaw flaw) {}

    /**
     * @param targets what the links hold, by their paths; empty where that could not be read
     * @param committed paths of all that is committed, links included
     */
    public static TreeLinks of(Map<String, Optional<String>> targets, NavigableSet<String> committed) {
        Map<String, Followed> followed = new TreeMap<>();
        Map<String, Left> left = new TreeMap<>();
        Map<String, String> readable = new TreeMap<>();
        targets.forEach((path, target) -> {
            if (targets.size() > MOST) {
                left.put(path, new Left(target.orElse(""), Flaw.TOO_MANY));
            } else if (target.isEmpty() || target.get().getBytes(StandardCharsets.UTF_8).length > LONGEST) {
                left.put(path, new Left("", Flaw.UNREADABLE));
            } else {
                readable.put(path, target.get());
            }
        });
        readable.forEach((path, target) -> {
            switch (walk(path, readable, (place, held) -> true)) {
                case Stopped stopped -> left.put(path, new Left(target, stopped.flaw()));
                case Arrived arrived -> {
                    String place = arrived.place();
                    if (place.isEmpty() || path.startsWith(place + "/")) {
                        left.put(path, new Left(target, Flaw.CIRCULAR));
                    } else {
                        followed.put(path, new Followed(target, place, holds(committed, place)));
                    }
                }
            }
        });
        Map<String, Left> unsound = Map.copyOf(left);
        new TreeMap<>(followed).forEach((path, link) -> {
            Left through = firstOn(path, readable, unsound);
            if (through != null) {
                followed.remove(path);
                left.put(path, new Left(link.target(), through.flaw()));
            }
        });
        return new TreeLinks(followed, left);
    }

    /** The first link on the way of another one that is not followed itself; null where there is none. */
    private static @Nullable Left firstOn(String path, Map<String, String> targets, Map<String, Left> left) {
        List<Left> met = new ArrayList<>();
        Walk end = walk(path, targets, (place, target) -> {
            met.addAll(Optional.ofNullable(left.get(place)).stream().toList());
            return true;
        });
        if (met.isEmpty() && end instanceof Arrived arrived) {
            return left.get(arrived.place());
        }
        return met.isEmpty() ? null : met.getFirst();
    }

    private static boolean holds(NavigableSet<String> committed, String place) {
        if (committed.contains(place)) {
            return true;
        }
        String next = committed.ceiling(place + "/");
        return next != null && next.startsWith(place + "/");
    }

    /** The same, without links that lead to nothing committed and to nothing that may come to be there. */
    public TreeLinks leadingTo(Predicate<String> later) {
        Map<String, Followed> kept = new TreeMap<>();
        Map<String, Left> others = new TreeMap<>(left);
        followed.forEach((path, link) -> {
            if (link.committed() || later.test(link.place())) {
                kept.put(path, link);
            } else {
                others.put(path, new Left(link.target(), Flaw.DANGLING));
            }
        });
        return new TreeLinks(kept, others);
    }

    public boolean isEmpty() {
        return followed.isEmpty() && left.isEmpty();
    }

    /** Links that are followed, by their paths. */
    public Map<String, Followed> followed() {
        return Collections.unmodifiableMap(followed);
    }

    /** Links that are not followed, by their paths. */
    public Map<String, Left> left() {
        return Collections.unmodifiableMap(left);
    }

    /** What is wrong with the link that a path is or leads through; empty where it is none, or sound. */
    public Optional<Left> flawOf(String path) {
        if (left.isEmpty()) {
            return Optional.empty();
        }
        for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
            Left found = left.get(path.substring(0, end));
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    /**
     * A path with the links on it followed.
     *
     * @param inPlace by the path and target of a link: whether the tree still holds it
     */
    String resolve(String path, BiPredicate<String, String> inPlace) {
        if (followed.isEmpty()) {
            return path;
        }
        return walk(path, targets, inPlace) instanceof Arrived arrived ? arrived.place() : path;
    }

    private sealed interface Walk {}

    private record Arrived(String place) implements Walk {}

    private record Stopped(Flaw flaw) implements Walk {}

    private static Walk walk(String path, Map<String, String> targets, BiPredicate<String, String> inPlace) {
        Deque<String> ahead = new ArrayDeque<>();
        push(path, ahead);
        String here = "";
        int passed = 0;
        while (!ahead.isEmpty()) {
            String part = ahead.pop();
            if (part.isEmpty() || part.equals(".")) {
                continue;
            }
            if (part.equals("..")) {
                if (here.isEmpty()) {
                    return new Stopped(Flaw.OUTSIDE);
                }
                here = parent(here);
                continue;
            }
            if (part.equalsIgnoreCase(".git")) {
                return new Stopped(Flaw.GIT);
            }
            String place = here.isEmpty() ? part : here + "/" + part;
            String target = targets.get(place);
            if (target == null || !inPlace.test(place, target)) {
                here = place;
            } else if (target.startsWith("/")) {
                return new Stopped(Flaw.ABSOLUTE);
            } else if (++passed > MOST_ON_THE_WAY) {
                return new Stopped(Flaw.CIRCULAR);
            } else {
                push(target, ahead);
            }
        }
        return new Arrived(here);
    }

    private static void push(String path, Deque<String> ahead) {
        String[] parts = path.split("/", -1);
        for (int i = parts.length - 1; i >= 0; i--) {
            ahead.push(parts[i]);
        }
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }
}
