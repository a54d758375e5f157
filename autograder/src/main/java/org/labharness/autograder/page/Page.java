package org.labharness.autograder.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A whole page that opens from disk and asks nothing of any network: no script runs in it, and it looks as all pages here do. */
public final class Page {
    private static final String STYLE = style("page.css");

    private Page() {}

    public static String of(String title, Html body) {
        return of(title, "", body);
    }

    /** @param style rules beside those of all pages; the program's own, written as they are */
    public static String of(String title, String style, Html body) {
        return of(title, style, Html.EMPTY, body);
    }

    /** One that browsers load anew every so many seconds, without a script. */
    public static String refreshed(String title, String style, int seconds, Html body) {
        return of(
                title,
                style,
                Html.lone("meta", Html.with("http-equiv", "refresh").and("content", "" + seconds)),
                body);
    }

    private static String of(String title, String style, Html head, Html body) {
        return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
                + "<meta name=\"color-scheme\" content=\"light dark\">\n" + head + "<title>" + Html.escape(title)
                + "</title>\n<style>\n"
                + STYLE + style + "</style>\n</head>\n<body>\n" + body + "\n</body>\n</html>\n";
    }

    /** A bar that is filled from 0 to 1. */
    public static Html meter(double share, String label) {
        return Html.tag(
                "div",
                Html.css("meter").and("role", "img").and("aria-label", label),
                Html.tag("div", Html.with("style", "width:" + percent(share))));
    }

    /** A share from 0 to 1 as style sheets take it. */
    public static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", Math.clamp(share, 0, 1) * 100);
    }

    /** A style sheet that lies beside this class. */
    public static String style(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
