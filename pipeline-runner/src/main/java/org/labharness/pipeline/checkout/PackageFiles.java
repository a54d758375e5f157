package org.labharness.pipeline.checkout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.labharness.lab.Sha256;

/**
 * The files of a commit that may declare packages, at the root and one folder below. A guess for those who put submissions in order,
 * good as long as equal ones mostly share an environment; what is really declared is found out when a submission is run.
 */
final class PackageFiles {
    private static final Pattern NAMES = Pattern.compile(
            "requirements?[\\w.-]*\\.txt|(py|setup|runtime|python_env|conda|conda_env|environment|poetry|uv|pdm)[\\w.]*\\."
                    + "(toml|cfg|py|txt|ya?ml|lock)|pipfile(\\.lock)?|\\.python-version|mlproject",
            Pattern.CASE_INSENSITIVE);
    private static final int MOST_ENTRIES = 20_000;

    private PackageFiles() {}

    /** SHA-256 (hex) over their paths and contents. */
    static String digest(RevCommit commit, ObjectReader reader) throws IOException {
        MessageDigest digest = Sha256.begin();
        try (TreeWalk walk = new TreeWalk(reader)) {
            walk.addTree(commit.getTree());
            for (int seen = 0; seen < MOST_ENTRIES && walk.next(); seen++) {
                if (walk.isSubtree()) {
                    if (walk.getDepth() == 0) {
                        walk.enterSubtree();
                    }
                } else if (NAMES.matcher(walk.getNameString()).matches()) {
                    digest.update(
                            (walk.getPathString() + "\0" + walk.getObjectId(0).name() + "\0")
                                    .getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return Sha256.hex(digest);
    }
}
