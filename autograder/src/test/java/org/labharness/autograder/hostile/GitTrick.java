package org.labharness.autograder.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import org.labharness.pipeline.checkout.RepositoryBuilder;

/** What a repository can hold that makes the usual Git do more than copy it: each leaves a mark where it works. */
enum GitTrick {
    HOOK("cp -a REPOSITORY COPY && git -C COPY checkout --force --detach") {
        @Override
        void plant(Path git, Path mark) throws IOException {
            script(git.resolve("hooks/post-checkout"), mark);
        }
    },
    WATCHER("cp -a REPOSITORY COPY && git -C COPY status") {
        @Override
        void plant(Path git, Path mark) throws IOException {
            script(git.resolve("watcher"), mark);
            configure(git, "[core]\n\tfsmonitor = " + git.resolve("watcher") + "\n");
        }
    },
    FILTER("cp -a REPOSITORY COPY && rm COPY/numbers.txt && git -C COPY checkout --force") {
        @Override
        void plant(Path git, Path mark) throws IOException {
            script(git.resolve("smudge"), mark);
            configure(git, "[filter \"spy\"]\n\tsmudge = " + git.resolve("smudge") + "\n");
        }
    },
    SUBMODULE_THAT_IS_A_COMMAND("git -c protocol.ext.allow=always clone --recurse-submodules REPOSITORY COPY") {
        @Override
        void plant(Path git, Path mark) {}
    },
    SUBMODULE_OF_THE_HOST(
            "git -c protocol.file.allow=always clone --recurse-submodules=theirs REPOSITORY COPY && cp COPY/theirs/secret MARK") {
        @Override
        void plant(Path git, Path mark) {}
    },
    BRANCH_THAT_IS_AN_OPTION(
            "git clone --mirror REPOSITORY COPY && cd COPY && for branch in $(git branch --format '%(refname:short)'); do git log $branch; done"
                    + "; cp mark MARK") {
        @Override
        void plant(Path git, Path mark) throws IOException {
            Files.copy(git.resolve("refs/heads/main"), git.resolve("refs/heads/--output=mark"));
            Files.copy(git.resolve("refs/heads/main"), git.resolve("refs/heads/-x"));
        }
    };

    private final String usual;

    GitTrick(String usual) {
        this.usual = usual;
    }

    /** Puts into the {@code .git} of a repository what no commit holds. */
    abstract void plant(Path git, Path mark) throws IOException;

    /** Commands by which somebody looks at a repository with what Git protects by itself switched off. */
    String usual(Path repository, Path copy, Path mark) {
        return usual.replace("REPOSITORY", repository.toString())
                .replace("COPY", copy.toString())
                .replace("MARK", mark.toString());
    }

    /** What the commit holds for them all. */
    static RepositoryBuilder committed(RepositoryBuilder repository, Path secret, String commit, Path marks) {
        return repository
                .write(".gitattributes", "numbers.txt filter=spy\n")
                .write(".gitmodules", """
                        [submodule "command"]
                        	path = command
                        	url = ext::sh -c touch%% %s
                        [submodule "theirs"]
                        	path = theirs
                        	url = %s
                        """.formatted(marks.resolve(SUBMODULE_THAT_IS_A_COMMAND.name()), secret))
                .submodule("command", commit)
                .submodule("theirs", commit);
    }

    private static void script(Path file, Path mark) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.write(file, List.of("#!/bin/sh", "touch " + mark, "exec cat"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void configure(Path git, String lines) throws IOException {
        Files.writeString(git.resolve("config"), lines, StandardOpenOption.APPEND);
    }
}
