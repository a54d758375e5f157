package org.labharness.pipeline.document;

/**
 * Lock files in TOML (uv, Poetry, PDM) list the files of every package with their sums: nine tenths of the text, which nobody reads here and
 * for which the grammar's parser needs some hundred times the memory.
 */
final class FileLists {
    /** Shorter text is parsed as it is; characters. */
    private static final int SHORT = 1 << 16;

    private FileLists() {}

    /** The text with blank lines in the place of those lists, so that line numbers stay what they were. */
    static String blanked(String text) {
        if (text.length() < SHORT) {
            return text;
        }
        StringBuilder kept = new StringBuilder(text.length() / 4);
        boolean inside = false;
        for (int start = 0; start < text.length(); ) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            boolean opens = !inside && begins(text, start);
            if (!inside && !opens && !text.startsWith("sdist = {", start)) {
                kept.append(text, start, end);
            }
            inside = (inside || opens) && text.charAt(Math.max(start, lastLetter(text, start, end))) != ']';
            if (end < text.length()) {
                kept.append('\n');
            }
            start = end + 1;
        }
        return kept.toString();
    }

    private static boolean begins(String text, int at) {
        return text.startsWith("wheels = [", at) || text.startsWith("files = [", at);
    }

    private static int lastLetter(String text, int start, int end) {
        int last = end - 1;
        while (last > start && Character.isWhitespace(text.charAt(last))) {
            last--;
        }
        return last;
    }
}
