package org.labharness.autograder.gitserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.internal.submodule.SubmoduleValidator.SubmoduleValidationException;
import org.labharness.lab.Memory;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;

/** Why a push was not taken, told from what was thrown: its author's matter, or ours. */
final class Reasons {
    private static final String NO_SPACE = "No space left on device";

    private Reasons() {}

    /** Empty where it is not the system that broke. */
    static Optional<SystemBroke> broke(Throwable problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof SystemBroke broke) {
                return Optional.of(broke);
            }
            boolean disk = cause instanceof UncheckedIOException
                    || (cause instanceof IOException
                            && String.valueOf(cause.getMessage()).contains(NO_SPACE));
            if (disk) {
                return Optional.of(new SystemBroke(
                        Breakdown.DISK_FULL, "The repository cannot be written: " + cause.getMessage(), cause));
            }
        }
        return Optional.empty();
    }

    static PushRefused refused(Throwable problem, PushLimits limits, boolean shallow) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            Optional<PushRefused> known = known(cause, limits, shallow);
            if (known.isPresent()) {
                return known.get();
            }
        }
        return new PushRefused(PushRefusal.DAMAGED, "What the push sends cannot be read: " + problem.getMessage());
    }

    private static Optional<PushRefused> known(Throwable problem, PushLimits limits, boolean shallow) {
        return switch (problem) {
            case PushRefused why -> Optional.of(why);
            case TooLargeObjectInPackException tooLarge ->
                Optional.of(new PushRefused(
                        PushRefusal.TOO_LARGE,
                        "The push sends a file larger than " + limits.object() + ", the limit for one" + seen(tooLarge)
                                + "."));
            case CorruptObjectException corrupt ->
                Optional.of(new PushRefused(
                        PushedObjects.unsafe(corrupt) ? PushRefusal.UNSAFE_PATH : PushRefusal.DAMAGED,
                        "The push sends what no machine should unpack: " + words(corrupt) + "."));
            case SubmoduleValidationException module ->
                Optional.of(new PushRefused(
                        PushRefusal.UNSAFE_PATH, "The file .gitmodules is not safe: " + module.getMessage() + "."));
            case MissingObjectException missing ->
                Optional.of(new PushRefused(
                        shallow ? PushRefusal.SHALLOW : PushRefusal.DAMAGED,
                        "The push does not send all of its history: " + missing.getMessage() + "."));
            default -> Optional.empty();
        };
    }

    /** Without the name by which JGit knows it, such as hasDotgit. */
    private static String words(CorruptObjectException corrupt) {
        return String.valueOf(corrupt.getMessage()).replaceFirst("^[a-z]+(?:[A-Z0-9][a-z0-9]*)*: (?=object )", "");
    }

    private static String seen(TooLargeObjectInPackException tooLarge) {
        Matcher size = Pattern.compile("\\(([0-9]+) bytes\\)").matcher(String.valueOf(tooLarge.getMessage()));
        return size.find() ? ": it has " + new Memory(Long.parseLong(size.group(1))) : "";
    }
}
