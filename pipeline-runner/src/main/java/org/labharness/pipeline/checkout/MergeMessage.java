package org.labharness.pipeline.checkout;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** What the message of a merge tells where Git or a forge wrote it; who writes one of their own may have done anything. */
final class MergeMessage {
    private static final Set<String> USUAL = Set.of("main", "master");
    private static final int LONGEST = 10_000;
    private static final String INTO = "(?: into '?([^' ,;:]{1,100})'?)?";
    private static final Pattern UPDATE = Pattern.compile(
            "Merge (?:branch '(?:origin/)?|remote-tracking branch '(?:refs/remotes/)?(?:[^'/]{1,100}/)?)([^']{1,100})'"
                    + "(?: of \\S{1,500})?" + INTO + "(?:[ ,;:.(].*)?");
    private static final Pattern BRANCH = Pattern.compile(
            "Merge (?:remote-tracking )?branch '(?:origin/)?([^']{1,100})'(?: of \\S{1,500})?" + INTO + ".*");
    private static final Pattern PULL_REQUEST = Pattern.compile(
            "Merge pull request #[0-9]+ from ([^/ ]{1,100}/(\\S{1,100})).*|Merged in \\S{1,200} \\(pull request #[0-9]+\\).*"
                    + "|Merged PR [0-9]+: .*");
    private static final Pattern MERGE_REQUEST = Pattern.compile("See merge request \\S{0,200}(![0-9]{1,9})");

    private final String branch;
    private final String subject;
    private final Matcher update;
    private final Matcher named;
    private final Matcher pull;
    private final Matcher request;

    private MergeMessage(String branch, String subject, String whole) {
        this.branch = branch;
        this.subject = Authors.plain(subject);
        this.update = UPDATE.matcher(subject);
        this.named = BRANCH.matcher(subject);
        this.pull = PULL_REQUEST.matcher(subject);
        this.request = MERGE_REQUEST.matcher(whole);
    }

    /** @param branch the graded one */
    static MergeMessage of(RevWalk walk, RevCommit merge, String branch) throws IOException {
        walk.parseBody(merge);
        String whole = merge.getFullMessage();
        MergeMessage message = new MergeMessage(
                branch, Authors.line(merge.getShortMessage()), whole.substring(0, Math.min(LONGEST, whole.length())));
        merge.disposeBody();
        return message;
    }

    /** The first line, cut. */
    String subject() {
        return subject;
    }

    boolean isUsual(String name) {
        return name.equals(branch) || USUAL.contains(name);
    }

    /** Whether the graded branch, or main, was merged into something, as a pull does it. */
    boolean isUpdate() {
        return update.matches() && isUsual(update.group(1)) && ofFork().isEmpty();
    }

    /** Another branch that was updated so, if it is named. */
    Optional<String> updated() {
        return isUpdate() ? Optional.ofNullable(update.group(2)).filter(name -> !isUsual(name)) : Optional.empty();
    }

    /** The merged branch, as Git or a forge named it. */
    Optional<String> merged() {
        return ofFork().or(() -> named.matches() ? Optional.of(named.group(1)) : Optional.empty())
                .or(() -> pull.matches() ? Optional.ofNullable(pull.group(2)) : Optional.empty());
    }

    /** A usual branch of somebody else's copy of the repository, by a request that a forge merged: to us it is a branch like any other. */
    Optional<String> ofFork() {
        if (pull.matches()) {
            return Optional.ofNullable(pull.group(2)).filter(this::isUsual).map(name -> pull.group(1));
        }
        return named.matches()
                        && isUsual(named.group(1))
                        && named.group(2) != null
                        && isUsual(named.group(2))
                        && request.find(0)
                ? Optional.of(named.group(1) + " " + request.group(1))
                : Optional.empty();
    }

    /**
     * Whether a tool wrote it for a merge into the graded branch, or main: Git leaves out that name, or says it. A pull request from
     * main may have gone into any.
     */
    boolean isIntoGraded() {
        return pull.matches()
                ? ofFork().isEmpty()
                : named.matches() && (named.group(2) == null || isUsual(named.group(2)));
    }

    /** Whether no tool wrote it, so that it says nothing of what was merged. */
    boolean isOwn() {
        return !pull.matches() && !named.matches();
    }
}
