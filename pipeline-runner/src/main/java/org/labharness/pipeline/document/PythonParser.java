package org.labharness.pipeline.document;

import com.oracle.graal.python.pegparser.AbstractParser;
import com.oracle.graal.python.pegparser.InputType;
import com.oracle.graal.python.pegparser.Parser;
import com.oracle.graal.python.pegparser.ParserCallbacks;
import com.oracle.graal.python.pegparser.sst.ModTy;
import com.oracle.graal.python.pegparser.tokenizer.SourceRange;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.labharness.pipeline.document.PythonSource.Unreadable;

/**
 * Parses Python with CPython's own grammar, on a thread whose stack is bounded: hostile nesting ends in an overflow that is caught, not
 * in the end of the process.
 */
final class PythonParser {
    private static final int FEATURES = 13;
    private static final long STACK = 8L << 20;
    private static final long LONGEST = Duration.ofSeconds(10).toNanos();

    /** The parser's time grows with the square of a number's digits; Python itself refuses more than 4,300 decimal ones. */
    private static final int MOST_DIGITS = 5_000;

    private static final int MOST_HEXADECIMAL = 20_000;

    private PythonParser() {}

    static PythonSource parse(String text) {
        return PythonParser.<PythonSource>read(
                text, module -> new PythonFacts().of(module, text), unreadable -> unreadable);
    }

    /**
     * Parses a text.
     *
     * @param reader what is to be known of the module; runs on the parser's thread
     * @param refused what is to be known instead where the text cannot be parsed
     */
    static <T> T read(String text, Function<ModTy.Module, T> reader, Function<Unreadable, T> refused) {
        if (text.length() > PythonSource.LONGEST) {
            return refused.apply(new Unreadable("larger than " + PythonSource.LONGEST + " characters", 0, false));
        }
        if (hasHugeNumber(text)) {
            return refused.apply(new Unreadable("a number of more than " + MOST_DIGITS + " digits", 0, false));
        }
        AtomicReference<T> result =
                new AtomicReference<>(refused.apply(new Unreadable("not readable by the grader", 0, false)));
        Thread thread = new Thread(null, () -> result.set(guarded(text, reader, refused)), "python-parser", STACK);
        thread.setDaemon(true);
        thread.start();
        try {
            if (!thread.join(Duration.ofNanos(2 * LONGEST))) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Objects.requireNonNull(result.get());
    }

    private static boolean hasHugeNumber(String text) {
        int digits = 0;
        int hexadecimal = 0;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            digits = letter == '_' || (letter >= '0' && letter <= '9') ? digits + 1 : 0;
            hexadecimal = letter == '_' || Character.digit(letter, 16) >= 0 ? hexadecimal + 1 : 0;
            if (digits > MOST_DIGITS || hexadecimal > MOST_HEXADECIMAL) {
                return true;
            }
        }
        return false;
    }

    private static <T> T guarded(String text, Function<ModTy.Module, T> reader, Function<Unreadable, T> refused) {
        try {
            Parser parser = new Parser(
                    text,
                    new Callbacks(System.nanoTime()),
                    InputType.FILE,
                    EnumSet.noneOf(AbstractParser.Flags.class),
                    FEATURES);
            return parser.parse() instanceof ModTy.Module module
                    ? reader.apply(module)
                    : refused.apply(new Unreadable("no Python module", 0, false));
        } catch (Refused e) {
            return refused.apply(
                    e.result.syntax()
                            ? MergeConflict.in(text)
                                    .map(conflict ->
                                            new Unreadable("that line " + conflict.problem(), conflict.line(), true))
                                    .orElse(e.result)
                            : e.result);
        } catch (StackOverflowError e) {
            return refused.apply(new Unreadable("nested too deeply", 0, false));
        } catch (RuntimeException | OutOfMemoryError e) {
            // what the parser throws on text that it was not made for; the tree is bounded by the text's length
            return refused.apply(
                    new Unreadable("not readable by the grader (" + e.getClass().getSimpleName() + ")", 0, false));
        }
    }

    /** Ends a parse; never leaves this class. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Unreadable result;

        Refused(String problem, int line, boolean syntax) {
            super(problem, null, false, false);
            result = new Unreadable(problem, line, syntax);
        }
    }

    private record Callbacks(long started) implements ParserCallbacks {
        @Override
        public void safePointPoll() {
            if (System.nanoTime() - started > LONGEST || Thread.currentThread().isInterrupted()) {
                throw new Refused("takes too long to read", 0, false);
            }
        }

        @Override
        public RuntimeException reportIncompleteSource(int line) {
            return new Refused("unexpected end of the file", line, true);
        }

        @Override
        public RuntimeException onError(ErrorType type, SourceRange range, String message) {
            return new Refused(message, Math.max(0, range.startLine), true);
        }

        @Override
        public void onWarning(WarningType type, SourceRange range, String message) {
            // a warning stops nobody
        }
    }
}
