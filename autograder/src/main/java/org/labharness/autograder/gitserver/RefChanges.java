package org.labharness.autograder.gitserver;

import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.ReceiveCommand;

/**
 * What one push wants to change of the branches, tags and experiments of a repository, looked at before anything is changed.
 *
 * @param graded what was graded of this repository, by the ref's name
 * @param most branches, tags and experiments that it may have
 */
record RefChanges(Repository repository, Map<String, String> graded, int most) {
    private static final List<String> TAKEN = List.of(Constants.R_HEADS, Constants.R_TAGS, Submissions.R_EXPS);
    /** A file system takes 255 bytes of a name, and a lock's name is longer than that of what it locks. */
    private static final int LONGEST_PART = 200;

    private static final int LONGEST = 1_000;

    /** @throws PushRefused where one change is not taken */
    void check(Collection<ReceiveCommand> commands) throws IOException {
        Set<String> seen = new HashSet<>();
        for (ReceiveCommand command : commands) {
            name(command);
            if (!seen.add(command.getRefName())) {
                throw new PushRefused(
                        PushRefusal.BAD_NAME, "The push changes '" + shown(command.getRefName()) + "' twice.");
            }
            unchanged(command);
            beside(command, seen);
            graded(command);
            leadsToACommit(command);
        }
        count(commands);
    }

    private void name(ReceiveCommand command) throws IOException {
        String name = command.getRefName();
        if (TAKEN.stream().noneMatch(name::startsWith)) {
            throw new PushRefused(
                    PushRefusal.OTHER_REF, "'" + name + "' is neither a branch nor a tag nor a DVC experiment.");
        }
        if (command.getType() == ReceiveCommand.Type.DELETE) {
            return;
        }
        if (!Repository.isValidRefName(name) || Stream.of(name.split("/", -1)).anyMatch(part -> part.startsWith("-"))) {
            throw new PushRefused(PushRefusal.BAD_NAME, "'" + shown(name) + "' is no name that Git takes.");
        }
        if (name.length() > LONGEST
                || Stream.of(name.split("/", -1)).anyMatch(part -> Constants.encode(part).length > LONGEST_PART)) {
            throw new PushRefused(
                    PushRefusal.BAD_NAME,
                    "'" + name.substring(0, 60) + "...' is too long; a part of a name has at most " + LONGEST_PART
                            + " bytes, all of it " + LONGEST + " characters.");
        }
    }

    /** A file system keeps no branch {@code a/b} beside a branch {@code a}. */
    private void beside(ReceiveCommand command, Set<String> before) throws IOException {
        if (command.getType() != ReceiveCommand.Type.CREATE) {
            return;
        }
        String name = command.getRefName();
        Stream<String> pushed =
                before.stream().filter(other -> other.startsWith(name + "/") || name.startsWith(other + "/"));
        Optional<String> other = Stream.concat(repository.getRefDatabase().getConflictingNames(name).stream(), pushed)
                .findFirst();
        if (other.isPresent()) {
            throw new PushRefused(
                    PushRefusal.BAD_NAME,
                    "'" + shown(name) + "' cannot be beside '" + shown(other.get())
                            + "': one would be a folder of the other.");
        }
    }

    /** Git tells what it takes a ref for; meanwhile it may have changed. */
    private void unchanged(ReceiveCommand command) throws IOException {
        Ref there = repository.exactRef(command.getRefName());
        ObjectId now = there == null || there.getObjectId() == null ? ObjectId.zeroId() : there.getObjectId();
        if (!now.equals(command.getOldId())) {
            throw new PushRefused(
                    PushRefusal.MOVED,
                    "'" + shown(command.getRefName()) + "' "
                            + (now.equals(ObjectId.zeroId())
                                    ? "is not there any more."
                                    : "is at " + now.abbreviate(10).name()
                                            + " by now: somebody else, or another clone of yours, pushed to it."));
        }
    }

    private void graded(ReceiveCommand command) {
        String name = command.getRefName();
        String before = graded.get(name);
        if (before != null && !name.startsWith(Submissions.R_EXPS) && rewrites(command)) {
            throw new PushRefused(
                    PushRefusal.REWRITTEN,
                    "'" + shown(name) + "' was graded at " + before.substring(0, 10) + ", and this push "
                            + (command.getType() == ReceiveCommand.Type.DELETE
                                    ? "deletes it."
                                    : "takes that out of it."));
        }
    }

    private static boolean rewrites(ReceiveCommand command) {
        return switch (command.getType()) {
            case CREATE -> false;
            case UPDATE -> command.getRefName().startsWith(Constants.R_TAGS);
            case UPDATE_NONFASTFORWARD, DELETE -> true;
        };
    }

    private void leadsToACommit(ReceiveCommand command) throws IOException {
        if (command.getType() == ReceiveCommand.Type.DELETE
                || command.getRefName().startsWith(Constants.R_TAGS)) {
            return;
        }
        try (RevWalk walk = new RevWalk(repository)) {
            RevObject tip = walk.parseAny(command.getNewId());
            if (!(tip instanceof RevCommit)) {
                throw new PushRefused(
                        PushRefusal.DAMAGED,
                        "'" + shown(command.getRefName()) + "' leads to a " + Constants.typeString(tip.getType())
                                + ", and a branch leads to a commit.");
            }
        }
    }

    private void count(Collection<ReceiveCommand> commands) {
        long more = commands.stream()
                .filter(one -> one.getType() == ReceiveCommand.Type.CREATE)
                .count();
        long less = commands.stream()
                .filter(one -> one.getType() == ReceiveCommand.Type.DELETE)
                .count();
        long after = Submissions.refs(repository).size() + more - less;
        if (more > 0 && after > most) {
            throw new PushRefused(
                    PushRefusal.TOO_MANY_REFS,
                    "The repository would have " + after + " branches, tags and experiments, the limit is " + most
                            + ".");
        }
    }

    private static String shown(String name) {
        return name.replaceFirst("^refs/(heads|tags)/", "");
    }
}
