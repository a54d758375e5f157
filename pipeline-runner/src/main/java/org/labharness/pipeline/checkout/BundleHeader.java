package org.labharness.pipeline.checkout;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/**
 * What a Git bundle (version 2, gitformat-bundle(5)) says before its pack. Read line by line within bounds.
 *
 * @param refs by full name; may hold HEAD
 */
record BundleHeader(NavigableMap<String, ObjectId> refs) {
    /** A bundle tells what HEAD leads to, not which branch it names; this one beside it does. */
    static final String DEFAULT = "refs/lab/default/";

    private static final String SIGNATURE = "# v2 git bundle";
    private static final int LONGEST_LINE = 5_000;
    /** HEAD, the default branch, a commit that no ref leads to. */
    private static final int OWN_REFS = 3;

    BundleHeader {
        refs = Collections.unmodifiableNavigableMap(new TreeMap<>(refs));
    }

    /** A bundle is not as this program writes it. */
    static final class Damaged extends IOException {
        private static final long serialVersionUID = 1;

        Damaged(String message) {
            super(message);
        }
    }

    /** Leaves the stream where the pack begins. */
    static BundleHeader read(InputStream in, int mostRefs) throws IOException {
        if (!line(in).equals(SIGNATURE)) {
            throw new Damaged("it does not begin as a Git bundle of version 2");
        }
        NavigableMap<String, ObjectId> refs = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.startsWith("-")) {
                throw new Damaged("it holds only what came after other commits");
            }
            int blank = line.indexOf(' ');
            if (blank != Constants.OBJECT_ID_STRING_LENGTH
                    || !line.substring(0, blank).matches("[0-9a-f]+")) {
                throw new Damaged("one of its refs has no id");
            }
            String name = line.substring(blank + 1);
            if (!isKnown(name) || refs.put(name, ObjectId.fromString(line.substring(0, blank))) != null) {
                throw new Damaged("one of its refs is none that is kept, or is there twice");
            }
            if (refs.size() > mostRefs + OWN_REFS) {
                throw new Damaged("it has more than " + mostRefs + " refs");
            }
        }
        return new BundleHeader(refs);
    }

    private static boolean isKnown(String name) {
        return name.equals(Constants.HEAD)
                || (Repository.isValidRefName(name)
                        && (References.isKept(name) || name.startsWith(DEFAULT) || name.equals(References.GRADED)));
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int letter = in.read(); letter != '\n'; letter = in.read()) {
            if (letter < 0) {
                throw new Damaged("it ends before its pack begins");
            }
            if (line.size() == LONGEST_LINE) {
                throw new Damaged("a line before its pack is longer than " + LONGEST_LINE + " bytes");
            }
            line.write(letter);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** Full name of the branch that HEAD named, if it named one. */
    Optional<String> defaultBranch() {
        return refs.keySet().stream()
                .filter(name -> name.startsWith(DEFAULT))
                .findFirst()
                .map(name -> Constants.R_HEADS + name.substring(DEFAULT.length()))
                .filter(refs::containsKey);
    }
}
