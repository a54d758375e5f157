package org.labharness.autograder.report;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A piece of HTML that is safe by construction: text is escaped on its way in, tag and attribute names are the program's own, and
 * there is no other way to make one.
 */
final class Html {
    static final Html EMPTY = new Html("");

    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}&&[^\n\t]]|[\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}]");

    private final String markup;

    private Html(String markup) {
        this.markup = markup;
    }

    /** Text, escaped; control, format and direction characters are dropped. */
    static Html text(String text) {
        return new Html(escape(text));
    }

    /** An element; a string among the children is escaped text. */
    static Html tag(String name, Attributes attributes, Object... children) {
        return new Html("<" + name + attributes.markup + ">" + all(children).markup + "</" + name + ">");
    }

    static Html tag(String name, Object... children) {
        return tag(name, Attributes.NONE, children);
    }

    /** An element that has no end tag, or closes itself as SVG's do. */
    static Html lone(String name, Attributes attributes) {
        return new Html("<" + name + attributes.markup + "/>");
    }

    /** Several pieces after one another. */
    static Html all(Object... children) {
        StringBuilder markup = new StringBuilder();
        for (Object child : children) {
            markup.append(child instanceof Html html ? html.markup : escape(String.valueOf(child)));
        }
        return new Html(markup.toString());
    }

    static Html all(List<Html> children) {
        return all(children.toArray());
    }

    /** A whole page. {@code style} is the program's own and is written as it is. */
    static String page(String title, String style, Html body) {
        return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
                + "<meta name=\"color-scheme\" content=\"light dark\">\n<title>" + escape(title) + "</title>\n<style>\n"
                + style + "</style>\n</head>\n<body>\n" + body.markup + "\n</body>\n</html>\n";
    }

    private static String escape(String text) {
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

    @Override
    public String toString() {
        return markup;
    }

    /** Attributes; values are escaped. */
    static final class Attributes {
        static final Attributes NONE = new Attributes("");

        private final String markup;

        private Attributes(String markup) {
            this.markup = markup;
        }

        Attributes and(String name, String value) {
            return new Attributes(markup + " " + name + "=\"" + escape(value) + "\"");
        }
    }

    static Attributes with(String name, String value) {
        return Attributes.NONE.and(name, value);
    }

    static Attributes css(String classes) {
        return with("class", classes);
    }
}
