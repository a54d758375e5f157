package org.labharness.autograder.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Supplier;
import org.labharness.autograder.check.PlainText;
import org.labharness.pipeline.Progress;
import org.labharness.pipeline.Step;
import org.labharness.pipeline.evidence.StageRun;

/**
 * Progress of one or several submissions on standard error: on a terminal one live line for each that is running, else a plain line
 * for everything that ends.
 */
final class ConsoleProgress implements AutoCloseable {
    private static final Duration REDRAW = Duration.ofMillis(200);
    private static final int LONGEST = 200;
    /** A live line that went on below itself, for a long name or a narrow window, would not be erased as a whole. */
    private static final String CLIPPED = "\u001B[?7l";

    private static final String WRAPPED = "\u001B[?7h";

    private final PrintStream out;
    private final boolean live;
    private final InstantSource clock;
    private final Map<String, Running> running = new LinkedHashMap<>();
    private final Timer painter = new Timer("progress", true);
    private Supplier<String> footer = () -> "";
    private int drawn;

    ConsoleProgress(PrintStream out, boolean live, InstantSource clock) {
        this.out = out;
        this.live = live;
        this.clock = clock;
        if (live) {
            painter.scheduleAtFixedRate(new Redraw(), REDRAW.toMillis(), REDRAW.toMillis());
        }
    }

    /** Progress of one submission; {@code name} stands before each of its lines, nothing where it is empty. */
    Progress of(String name) {
        return event -> on(name, event);
    }

    /** What stands below the live lines: how far all of it has come. */
    synchronized void below(Supplier<String> words) {
        footer = words;
    }

    /** A plain line of its own. */
    synchronized void say(String words) {
        erase();
        out.println(words);
        out.flush();
    }

    /** Ends a submission's live line with its last words. */
    synchronized void ended(String name, String words) {
        running.remove(name);
        line(name, words);
    }

    /** Ends a submission's live line without a word. */
    synchronized void forget(String name) {
        running.remove(name);
    }

    private synchronized void on(String name, Progress.Event event) {
        Running state = running.computeIfAbsent(name, key -> new Running());
        switch (event) {
            case Progress.Event.StepStarted started ->
                state.begin(started.step().title(), clock.millis());
            case Progress.Event.StepEnded ended -> {
                if (!live && ended.step() != Step.RUN) {
                    line(
                            name,
                            String.format(
                                    Locale.ROOT, "%-12s %6.1f s", ended.step().title(), ended.seconds()));
                }
            }
            case Progress.Event.StageStarted stage ->
                state.begin("stage " + shown(path(stage.pipeline(), stage.stage())), clock.millis());
            case Progress.Event.StageEnded stage -> line(name, describe(stage.stage()));
            case Progress.Event.Provisional provisional -> {
                // Who grades turns it into a note that says what was earned so far.
            }
            case Progress.Event.Changing change -> state.begin("change: " + shown(change.what()), clock.millis());
            case Progress.Event.EnvironmentFound found -> {
                // That one is being built a note says.
            }
            case Progress.Event.Note note -> line(name, shown(note.text()));
        }
    }

    /** Whatever students may have named: a terminal must obey nothing of it. */
    private static String shown(String text) {
        return PlainText.line(text, LONGEST);
    }

    private static String path(String pipeline, String stage) {
        return pipeline.isEmpty() ? stage : pipeline + "/" + stage;
    }

    private static String describe(StageRun stage) {
        String how = switch (stage.status()) {
            case RAN -> "ran";
            case FAILED -> "failed";
            case NOT_REACHED -> "not reached";
            case UP_TO_DATE -> "up to date";
            case REPLACED -> "replaced by the lab's input";
        };
        String time = stage.exit() == null ? "" : String.format(Locale.ROOT, " %6.1f s", stage.seconds());
        return String.format(Locale.ROOT, "stage %-20s %s%s", shown(stage.fullName()), how, time);
    }

    private void line(String name, String text) {
        erase();
        out.println(name.isEmpty() ? "  " + text : String.format(Locale.ROOT, "  %-24s %s", shown(name), text));
        out.flush();
    }

    private synchronized void redraw() {
        erase();
        List<String> lines = new ArrayList<>();
        running.forEach((name, state) -> {
            if (!state.what.isEmpty()) {
                double seconds = (clock.millis() - state.since) / 1000.0;
                lines.add(String.format(Locale.ROOT, "  %-24s %s %.1f s", shown(name), state.what, seconds));
            }
        });
        String last = footer.get();
        if (!last.isEmpty()) {
            lines.add(last);
        }
        lines.forEach(line -> out.println(CLIPPED + line + WRAPPED));
        out.flush();
        drawn = lines.size();
    }

    private void erase() {
        for (; drawn > 0; drawn--) {
            out.print("\u001B[1A\u001B[2K");
        }
    }

    @Override
    public void close() {
        painter.cancel();
        synchronized (this) {
            erase();
            out.flush();
        }
    }

    private final class Redraw extends TimerTask {
        @Override
        public void run() {
            redraw();
        }
    }

    /** What a submission is doing and since when. */
    private static final class Running {
        private String what = "";
        private long since;

        void begin(String step, long now) {
            what = step;
            since = now;
        }
    }
}
