package org.labharness.autograder.transcript;

/** Text whose lines break between words; what goes on is indented by two more. */
final class Lines {
    private final int width;
    private final StringBuilder text = new StringBuilder();

    Lines(int width) {
        this.width = width;
    }

    /** @param line may begin with blanks, which are kept */
    void add(int indent, String line) {
        String content = line.stripLeading();
        int at = indent + line.length() - content.length();
        String rest = content;
        while (at + rest.length() > width && rest.lastIndexOf(' ', width - at) > 0) {
            int space = rest.lastIndexOf(' ', width - at);
            text.append(" ".repeat(at)).append(rest, 0, space).append('\n');
            rest = rest.substring(space + 1);
            at = indent + line.length() - content.length() + 2;
        }
        text.append(rest.isEmpty() ? "" : " ".repeat(at)).append(rest).append('\n');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
