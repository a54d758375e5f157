package org.labharness.pipeline.run;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.labharness.pipeline.evidence.StageRun.Kind;
import org.labharness.pipeline.evidence.StageRun.Problem;

/** What DVC says of a pipeline that it does not run. */
final class DvcComplaint {
    static final String NO_SPACE = "No space left on device";
    private static final Pattern CLAIMED_TWICE =
            Pattern.compile(".*?output '(.{1,300}?)' is specified in: - (.{1,1000}?) Use `dvc remove`.*");

    private DvcComplaint() {}

    /** Messages of an exception and its causes as one line. */
    static String words(List<String> said) {
        return String.join(": ", said).replaceAll("\\s+", " ").strip();
    }

    static Problem problem(String said) {
        return said.contains(NO_SPACE)
                ? new Problem(Kind.LIMIT, "not reached: the disk was full: " + said)
                : new Problem(Kind.PIPELINE_INVALID, "DVC cannot run the pipeline: " + claimedTwice(said));
    }

    /** DVC lists who claims an output and advises to remove one of them; who reads that once more gets the list as a sentence. */
    private static String claimedTwice(String said) {
        Matcher claims = CLAIMED_TWICE.matcher(said);
        return claims.matches()
                ? "output '" + claims.group(1) + "' is specified in "
                        + claims.group(2).replace(" - ", " and in ")
                : said;
    }
}
