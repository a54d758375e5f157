package org.labharness.autograder.page;

import java.util.regex.Pattern;
import org.labharness.autograder.check.PlainText;

/** Text in Markdown that stays text: no link, no image, no mention. */
public final class Markdown {
    private static final Pattern SPECIAL = Pattern.compile("[\\\\`*_{}\\[\\]()#+!|~$-]");
    private static final int LONGEST = 2_000;

    private Markdown() {}

    /** One line, escaped; a zero-width space keeps {@code @name} and {@code http://} from becoming mentions and links. */
    public static String text(String text) {
        String plain = PlainText.line(text, LONGEST);
        String safe = SPECIAL.matcher(plain).replaceAll("\\\\$0").replace("&", "&amp;");
        return safe.replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("@", "@\u200B")
                .replace("://", ":\u200B//")
                .replace("www.", "www\u200B.");
    }
}
