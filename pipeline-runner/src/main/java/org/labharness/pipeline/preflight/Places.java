package org.labharness.pipeline.preflight;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.labharness.lab.Place;

/** Finds the line that a reader's sentence begins with. */
final class Places {
    private static final Pattern LINE = Pattern.compile("line ([0-9]{1,9}): .*", Pattern.DOTALL);

    private Places() {}

    static Place withLine(String path, String problem) {
        Matcher matcher = LINE.matcher(problem);
        return new Place(path, matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0);
    }
}
