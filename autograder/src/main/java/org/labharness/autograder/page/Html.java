package org.labharness.autograder.page;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A piece of HTML that is safe by construction: text is escaped on its way in, tag and attribute names are the program's own, and
 * there is no other way to make one.
 */
public final class Html {
    public static final Html EMPTY = new Html("");

    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}&&[^\n\t]]|[\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}]");

    private final String markup;

    private Html(String markup) {
        this.markup = markup;
    }

    /** Text, escaped; control, format and direction characters are dropped. */
    public static Html text(String text) {
        return new Html(escape(text));
    }

    /** An element; a string among the children is escaped text. */
    public static Html tag(String name, Attributes attributes, Object... children) {
        return new Html("<" + name + attributes.markup + ">" + all(children).markup + "</" + name + ">");
    }

    public static Html tag(String name, Object... children) {
        return tag(name, Attributes.NONE, children);
    }

    /** An element that has no end tag, or closes itself as SVG's do. */
    public static Html lone(String name, Attributes attributes) {
        return new Html("<" + name + attributes.markup + "/>");
    }

    /** Several pieces after one another. */
    public static Html all(Object... children) {
        StringBuilder markup = new StringBuilder();
        for (Object child : children) {
            markup.append(child instanceof Html html ? html.markup : escape(String.valueOf(child)));
        }
        return new Html(markup.toString());
    }

    public static Html all(List<Html> children) {
        return all(children.toArray());
    }

    static String escape(String text) {
        if (plain(text)) {
            return text;
        }
        String plain = UNSEEN.matcher(text).replaceAll("");
        StringBuilder safe = new StringBuilder(plain.length() + 16);
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.append(c);
            }
        }
        return safe.toString();
    }

    /** Whether nothing in a text has to be looked at: most of what stands in a table of thousands of cells. */
    private static boolean plain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '&' || c == '<' || c == '>' || c == '"' || c == '\'') {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return markup;
    }

    /** Attributes; values are escaped. */
    public static final class Attributes {
        static final Attributes NONE = new Attributes("");

        private final String markup;

        private Attributes(String markup) {
            this.markup = markup;
        }

        public Attributes and(String name, String value) {
            return new Attributes(markup + " " + name + "=\"" + escape(value) + "\"");
        }
    }

    public static Attributes with(String name, String value) {
        return Attributes.NONE.and(name, value);
    }

    public static Attributes css(String classes) {
        return with("class", classes);
    }
}
