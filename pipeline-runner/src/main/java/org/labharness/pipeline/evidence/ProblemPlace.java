package org.labharness.pipeline.evidence;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.labharness.lab.Place;

/** The line that the sentence of a reader begins with: {@code line 3: ...}, {@code line 4 of params.yaml is ...}. */
public final class ProblemPlace {
    private static final Pattern LINE =
            Pattern.compile("line ([0-9]{1,9})(?: of ([^:\n]{1,500}?))?(?::| is| holds) .*", Pattern.DOTALL);

    private ProblemPlace() {}

    /** @param path of the file that is meant where the sentence names none */
    public static Place of(String path, String problem) {
        Matcher matcher = LINE.matcher(problem);
        if (!matcher.matches()) {
            return Place.of(path);
        }
        return new Place(matcher.group(2) == null ? path : matcher.group(2), Integer.parseInt(matcher.group(1)));
    }
}
