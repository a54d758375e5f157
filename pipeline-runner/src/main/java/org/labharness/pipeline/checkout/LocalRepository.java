package org.labharness.pipeline.checkout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.RepositoryCache;
import org.eclipse.jgit.util.FS;
import org.labharness.pipeline.Refusal;
import org.labharness.pipeline.SubmissionRefused;

/**
 * Finds the Git directory of a folder that may be a student's, and refuses what would make reading it read elsewhere: alternates,
 * links, redirections, configuration that includes other files.
 */
final class LocalRepository {
    private static final long CONFIG_BYTES = 1 << 20;
    /** Of a lower-case configuration: another repository has promised what is missing in this one. */
    private static final Pattern PROMISED = Pattern.compile("(?m)^\\s*(?:promisor\\s*=\\s*true|partialclone\\s*=)");

    private static final Pattern SHA_256 = Pattern.compile("(?m)^\\s*objectformat\\s*=\\s*\"?sha256");
    private static final int MOST_LEVELS = 20;

    private LocalRepository() {}

    static Path gitDirectory(Location.Local location) {
        Path folder = location.path();
        String shown = location.shown();
        if (!Files.exists(folder)) {
            throw new SubmissionRefused(
                    Refusal.REPOSITORY_NOT_FOUND,
                    "There is no folder '" + shown + "'. Check the spelling, or give the URL of the repository.");
        }
        if (StrangeLinks.leadsToAnother(folder)) {
            throw unsafe(shown, "it is a symbolic link that somebody else made than whose work it leads to");
        }
        Path git = isGitDirectory(folder) ? folder : folder.resolve(".git");
        if (!isGitDirectory(git)) {
            throw notGit(folder, git, shown);
        }
        check(git, shown);
        requireWhole(git, shown);
        return git;
    }

    /** What Git itself takes for no repository is read by nothing here, though a part of it could be. */
    private static void requireWhole(Path git, String shown) {
        if (RepositoryCache.FileKey.isGitRepository(git.toFile(), FS.DETECTED)) {
            return;
        }
        String place = git.endsWith(".git") ? ".git/" : "";
        String what = Files.isDirectory(git.resolve("refs"))
                ? "its " + place
                        + "HEAD names neither a branch nor a commit, so that Git reads nothing of it. Write into it"
                        + " the branch that is meant: echo 'ref: refs/heads/main' > " + place + "HEAD"
                : "it has no folder " + place + "refs, so that Git reads nothing of it. Make it: mkdir " + place
                        + "refs";
        throw new SubmissionRefused(
                Refusal.UNSAFE_CONTENT, "The repository '" + shown + "' is damaged: " + what + ", then try git log.");
    }

    private static boolean isGitDirectory(Path folder) {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                && Files.isRegularFile(folder.resolve("HEAD"), LinkOption.NOFOLLOW_LINKS)
                && Files.isDirectory(folder.resolve("objects"), LinkOption.NOFOLLOW_LINKS)
                && (Files.isDirectory(folder.resolve("refs"), LinkOption.NOFOLLOW_LINKS)
                        || Files.isRegularFile(folder.resolve("packed-refs"), LinkOption.NOFOLLOW_LINKS));
    }

    private static SubmissionRefused notGit(Path folder, Path git, String shown) {
        if (!Files.isDirectory(folder)) {
            return new SubmissionRefused(
                    Refusal.NOT_A_REPOSITORY, "'" + shown + "' is a file, not a folder with a Git repository.");
        }
        if (Files.exists(git, LinkOption.NOFOLLOW_LINKS)) {
            return unsafe(shown, "its .git is no ordinary Git folder (a link, a worktree or damaged)");
        }
        if (isEmpty(folder)) {
            return new SubmissionRefused(
                    Refusal.NOT_A_REPOSITORY,
                    "The folder '" + shown + "' is empty. Put the work in it, then: git init, git add ., git commit.");
        }
        for (Path above = folder.getParent(); above != null; above = above.getParent()) {
            if (isGitDirectory(above.resolve(".git"))) {
                return new SubmissionRefused(
                        Refusal.NOT_A_REPOSITORY,
                        "'" + shown + "' is a folder inside the Git repository '" + above
                                + "', not a repository itself. Name the repository.");
            }
        }
        return new SubmissionRefused(
                Refusal.NOT_A_REPOSITORY,
                "'" + shown + "' holds files but no Git repository (there is no .git in it)."
                        + " Make one with: git init, git add ., git commit.");
    }

    private static boolean isEmpty(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    private static void check(Path git, String shown) {
        for (String name :
                List.of("config", "packed-refs", "refs", "refs/heads", "refs/tags", "objects/pack", "shallow")) {
            if (Files.isSymbolicLink(git.resolve(name))) {
                throw unsafe(shown, "its .git/" + name + " is a symbolic link");
            }
        }
        for (String name : List.of("objects/info/alternates", "objects/info/http-alternates", "commondir")) {
            if (Files.exists(git.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
                throw unsafe(shown, "it borrows from another repository (.git/" + name + ")");
            }
        }
        if (Files.exists(git.resolve("shallow"), LinkOption.NOFOLLOW_LINKS)) {
            throw new SubmissionRefused(
                    Refusal.UNSAFE_CONTENT,
                    "The repository '" + shown
                            + "' is a shallow clone, which lacks its history. Complete it with: git fetch --unshallow.");
        }
        checkConfig(git.resolve("config"), shown);
        try {
            for (String name : List.of("objects", "refs")) {
                Optional<Path> link = StrangeLinks.below(git.resolve(name), MOST_LEVELS);
                if (link.isPresent()) {
                    throw unsafe(shown, "its .git/" + git.relativize(link.get()) + " is a symbolic link");
                }
            }
        } catch (IOException e) {
            throw unreadable(shown, e);
        }
    }

    private static SubmissionRefused unreadable(String shown, IOException e) {
        return new SubmissionRefused(
                Refusal.ACCESS_DENIED, "'" + shown + "' cannot be read: " + e.getMessage() + ".", e);
    }

    private static void checkConfig(Path config, String shown) {
        try {
            if (!Files.exists(config, LinkOption.NOFOLLOW_LINKS)) {
                return;
            }
            if (!Files.isRegularFile(config, LinkOption.NOFOLLOW_LINKS) || Files.size(config) > CONFIG_BYTES) {
                throw unsafe(shown, "its .git/config is no ordinary file");
            }
            String text = Files.readString(config, java.nio.charset.StandardCharsets.ISO_8859_1)
                    .toLowerCase(Locale.ROOT);
            if (text.contains("[include")) {
                throw unsafe(shown, "its .git/config includes other files");
            }
            if (SHA_256.matcher(text).find()) {
                throw namedBySha256(shown);
            }
            if (PROMISED.matcher(text).find()) {
                throw new SubmissionRefused(
                        Refusal.UNSAFE_CONTENT,
                        "The repository '" + shown
                                + "' is a partial clone, which leaves files out until somebody asks for them (git clone --filter)."
                                + " Clone it anew without --filter, or name its URL instead.");
            }
        } catch (IOException e) {
            throw unreadable(shown, e);
        }
    }

    /** Of a repository anywhere. */
    static SubmissionRefused namedBySha256(String shown) {
        return new SubmissionRefused(
                Refusal.UNSAFE_CONTENT,
                "The repository '" + shown
                        + "' names its commits by SHA-256, which cannot be read here. Put the work into a new one:"
                        + " git init --object-format=sha1, git add ., git commit.");
    }

    private static SubmissionRefused unsafe(String shown, String what) {
        return new SubmissionRefused(
                Refusal.UNSAFE_CONTENT,
                "The repository '" + shown + "' is not read: " + what
                        + ". Clone it freshly (git clone --no-local) and use the clone.");
    }
}
