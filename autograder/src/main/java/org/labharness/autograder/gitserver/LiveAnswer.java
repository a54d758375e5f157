package org.labharness.autograder.gitserver;

import java.io.IOException;
import java.util.List;
import org.eclipse.jgit.transport.ReceivePack;
import org.labharness.autograder.check.PlainText;
import org.labharness.pipeline.SystemBroke;

/** Lines that Git shows to whoever pushes, one by one as they come. Once nobody listens any more they go nowhere. */
final class LiveAnswer {
    private static final int LONGEST = 2_000;
    private static final int WIDTH = 92;

    private final ReceivePack receiving;
    private boolean heard = true;

    LiveAnswer(ReceivePack receiving) {
        this.receiving = receiving;
    }

    /** Whether somebody listens, as far as is known. */
    boolean heard() {
        return heard;
    }

    /** One paragraph, wrapped; what follows the first line is indented as that is. */
    void line(String text) {
        int indent = text.length() - text.stripLeading().length();
        String margin = " ".repeat(indent);
        StringBuilder line = new StringBuilder();
        for (String word : PlainText.line(text, LONGEST).split(" ", -1)) {
            if (!line.isEmpty() && indent + line.length() + 1 + word.length() > WIDTH) {
                send(margin + line);
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        send(margin + line);
        flush();
    }

    /** Lines that are wrapped already. */
    void lines(List<String> lines) {
        lines.forEach(this::send);
        flush();
    }

    void refused(PushRefused refused) {
        line("Refused (" + refused.reason().code() + "): " + refused.sentence());
        line("What to do: " + refused.reason().remedy());
        line("Nothing was taken, and nothing was counted.");
    }

    void broke(SystemBroke broke) {
        line("The system broke (" + broke.code().code() + ") before your push was taken. That is not your fault.");
        line("What to do: Push again in some minutes; tell staff if it goes on.");
        line("Nothing was taken, and nothing was counted.");
    }

    private void send(String line) {
        if (heard) {
            receiving.sendMessage(line.stripTrailing());
        }
    }

    private void flush() {
        try {
            if (heard) {
                receiving.getMessageOutputStream().flush();
            }
        } catch (IOException | RuntimeException gone) {
            heard = false; // the grading goes on without
        }
    }
}
