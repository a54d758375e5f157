package org.labharness.pipeline.checkout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Sha256;
import org.labharness.pipeline.Refusal;
import org.labharness.pipeline.SubmissionRefused;

/** The branches, tags and experiments that a repository offered at one moment, and what a name among them means. */
final class References {
    static final String EXPERIMENTS = "refs/exps/";
    /** Leads, in what is kept of a repository, to a commit that was asked for by its id and that no ref of it leads to. */
    static final String GRADED = "refs/lab/graded/commit";

    private static final int NAMES_SHOWN = 3;
    private static final int NAMES_COMPARED = 500;

    private final NavigableMap<String, ObjectId> byName = new TreeMap<>();
    private final @Nullable String head;
    private final @Nullable ObjectId detachedHead;

    private References(Collection<Ref> offered) {
        String symbolic = null;
        ObjectId detached = null;
        for (Ref ref : offered) {
            ObjectId id = ref.getObjectId();
            if (ref.getName().equals(Constants.HEAD)) {
                symbolic = ref.isSymbolic() ? ref.getTarget().getName() : null;
                detached = id;
            } else if (id != null && isKept(ref.getName())) {
                byName.put(ref.getName(), id);
            }
        }
        head = symbolic;
        detachedHead = detached;
    }

    /** @throws SubmissionRefused where there are more than a checkout's limits allow */
    static References within(Caps caps, Collection<Ref> offered) {
        References references = new References(offered);
        if (references.size() > caps.limits().refs()) {
            throw caps.refuse(
                    "the number of branches, tags and experiments",
                    String.valueOf(references.size()),
                    String.valueOf(caps.limits().refs()));
        }
        return references;
    }

    static boolean isKept(String name) {
        return name.startsWith(Constants.R_HEADS) || name.startsWith(Constants.R_TAGS) || name.startsWith(EXPERIMENTS);
    }

    /**
     * What is to be graded.
     *
     * @param shown the ref as evidence shows it
     * @param branch full name of the branch that it is the tip of, or null
     */
    record Target(String shown, @Nullable String branch, ObjectId id) {}

    int size() {
        return byName.size();
    }

    /** Every one with what it leads to, by full name. */
    NavigableMap<String, ObjectId> all() {
        return Collections.unmodifiableNavigableMap(byName);
    }

    /** Full name of the branch that HEAD itself names, if there is such a branch. */
    Optional<String> headBranch() {
        return Optional.ofNullable(head).filter(byName::containsKey);
    }

    /** What HEAD leads to where it names no branch. */
    Optional<ObjectId> headCommit() {
        return Optional.ofNullable(detachedHead);
    }

    /**
     * The commit that HEAD leads to, where it is that which is graded and not a branch.
     *
     * @param ref as asked for; null: what HEAD names
     */
    Optional<ObjectId> detached(@Nullable String ref) {
        return isHead(ref) && defaultBranchName().isEmpty() ? headCommit() : Optional.empty();
    }

    private static boolean isHead(@Nullable String ref) {
        return ref == null || ref.isBlank() || ref.equals(Constants.HEAD);
    }

    List<String> branches() {
        return names(Constants.R_HEADS);
    }

    List<String> tags() {
        return names(Constants.R_TAGS);
    }

    private List<String> names(String prefix) {
        return byName.keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .toList();
    }

    /** The branch that HEAD names, without {@code refs/heads/}; empty where it names none. */
    String defaultBranch() {
        return defaultBranchName()
                .map(name -> name.substring(Constants.R_HEADS.length()))
                .orElse("");
    }

    private Optional<String> defaultBranchName() {
        if (head != null && byName.containsKey(head)) {
            return Optional.of(head);
        }
        Predicate<String> sameCommit = name -> detachedHead == null || detachedHead.equals(byName.get(name));
        List<String> branches = byName.keySet().stream()
                .filter(name -> name.startsWith(Constants.R_HEADS))
                .filter(sameCommit)
                .toList();
        for (String usual : List.of("refs/heads/main", "refs/heads/master")) {
            if (branches.contains(usual)) {
                return Optional.of(usual);
            }
        }
        return branches.size() == 1 ? Optional.of(branches.getFirst()) : Optional.empty();
    }

    /** SHA-256 (hex) over every ref's name and object. */
    String digest() {
        MessageDigest digest = Sha256.begin();
        byName.forEach((name, id) -> digest.update((id.name() + " " + name + "\n").getBytes(StandardCharsets.UTF_8)));
        return Sha256.hex(digest);
    }

    /** @param ref as asked for; null: what HEAD names */
    Target resolve(@Nullable String ref, ObjectReader reader) throws IOException {
        if (ref == null || isHead(ref)) {
            return resolveHead();
        }
        for (String name : List.of(ref, Constants.R_HEADS + ref, Constants.R_TAGS + ref)) {
            ObjectId id = byName.get(name);
            if (id != null) {
                return new Target(ref, name.startsWith(Constants.R_HEADS) ? name : null, id);
            }
        }
        List<ObjectId> experiments = byName.entrySet().stream()
                .filter(entry ->
                        entry.getKey().startsWith(EXPERIMENTS) && entry.getKey().endsWith("/" + ref))
                .map(entry -> entry.getValue())
                .distinct()
                .toList();
        if (experiments.size() == 1) {
            return new Target(ref, null, experiments.getFirst());
        }
        return commit(ref, reader).map(id -> new Target(ref, null, id)).orElseThrow(() -> missing(ref));
    }

    /** @throws SubmissionRefused where HEAD names no branch and leads to no commit */
    Target resolveHead() {
        Optional<String> branch = defaultBranchName();
        if (branch.isPresent()) {
            ObjectId id = java.util.Objects.requireNonNull(byName.get(branch.get()));
            return new Target(defaultBranch(), branch.get(), id);
        }
        if (detachedHead != null) {
            return new Target(detachedHead.name(), null, detachedHead);
        }
        throw new SubmissionRefused(
                Refusal.REF_NOT_FOUND,
                "The repository's HEAD names no branch that exists. Say which one is meant: " + listed(branches())
                        + ".");
    }

    private static Optional<ObjectId> commit(String ref, ObjectReader reader) throws IOException {
        String hex = ref.toLowerCase(java.util.Locale.ROOT);
        if (!hex.matches("[0-9a-f]{4,40}")) {
            return Optional.empty();
        }
        Collection<ObjectId> found = reader.resolve(AbbreviatedObjectId.fromString(hex));
        List<ObjectId> commits;
        try (RevWalk walk = new RevWalk(reader)) {
            commits = found.stream().filter(id -> isCommit(walk, id)).toList();
        }
        if (commits.size() > 1) {
            throw new SubmissionRefused(
                    Refusal.REF_NOT_FOUND,
                    "'" + ref + "' is the beginning of " + commits.size() + " commits. Give more digits: "
                            + listed(commits.stream().map(AnyObjectId::name).toList()) + ".");
        }
        return commits.stream().findFirst();
    }

    private static boolean isCommit(RevWalk walk, ObjectId id) {
        try {
            return walk.peel(walk.parseAny(id)) instanceof RevCommit;
        } catch (IOException e) {
            return false;
        }
    }

    /** The commit that a tag or branch stands for in the end. */
    static RevCommit peel(RevWalk walk, Target target) throws IOException {
        RevObject object = walk.peel(walk.parseAny(target.id()));
        if (object instanceof RevCommit commit) {
            walk.parseHeaders(commit);
            return commit;
        }
        throw new SubmissionRefused(
                Refusal.REF_NOT_FOUND,
                "'" + target.shown() + "' names no commit but a " + Constants.typeString(object.getType())
                        + ". Name a branch, a tag of a commit, or a commit.");
    }

    SubmissionRefused missing(String ref) {
        boolean hex = ref.matches("[0-9a-fA-F]{7,40}");
        String what = hex
                ? "There is no commit '" + ref + "' in the repository. Push it first"
                : "There is no branch, tag or commit '" + ref
                        + "' in the repository. Push it first (tags: git push --tags)";
        List<String> near = nearest(ref);
        return new SubmissionRefused(
                Refusal.REF_NOT_FOUND,
                what + (near.isEmpty() ? "." : ", or use one that is there: " + listed(near) + "."));
    }

    private List<String> nearest(String ref) {
        return java.util.stream.Stream.concat(branches().stream(), tags().stream())
                .limit(NAMES_COMPARED)
                .distinct()
                .sorted(Comparator.comparingInt(name -> Distance.between(ref, name)))
                .limit(NAMES_SHOWN)
                .toList();
    }

    private static String listed(List<String> names) {
        return names.isEmpty() ? "there is none" : String.join(", ", names.subList(0, Math.min(names.size(), 10)));
    }
}
