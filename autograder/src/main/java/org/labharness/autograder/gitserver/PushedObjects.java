package org.labharness.autograder.gitserver;

import java.util.EnumSet;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.BlobObjectChecker;
import org.eclipse.jgit.lib.ObjectChecker;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Memory;
import org.labharness.pipeline.checkout.DeltaMemory;

/** Looks at every object of a push: no name in it may do harm on anybody's machine, and all of them together have their limit. */
final class PushedObjects extends ObjectChecker {
    private final PushLimits limits;
    private final DeltaMemory deltas;
    private long unpacked;

    PushedObjects(PushLimits limits) {
        this.limits = limits;
        this.deltas = new DeltaMemory(limits.atOnce());
        setSafeForWindows(true);
        setSafeForMacOS(true);
        // Old clients and imports have written these; they do no harm.
        EnumSet.of(
                        ErrorType.ZERO_PADDED_FILEMODE,
                        ErrorType.BAD_DATE,
                        ErrorType.BAD_EMAIL,
                        ErrorType.BAD_TIMEZONE,
                        ErrorType.MISSING_EMAIL,
                        ErrorType.MISSING_SPACE_BEFORE_DATE)
                .forEach(harmless -> setIgnore(harmless, true));
    }

    @Override
    public void check(@Nullable AnyObjectId id, int type, byte[] raw) throws CorruptObjectException {
        count(raw.length);
        if (!deltas.hasRoomFor(raw)) {
            throw new PushRefused(
                    PushRefusal.TOO_LARGE,
                    "What the push sends as changes to large files is more than can be unpacked at once, the limit is "
                            + deltas.most() + ".");
        }
        super.check(id, type, raw);
    }

    @Override
    public BlobObjectChecker newBlobObjectChecker() {
        return new BlobObjectChecker() {
            @Override
            public void update(byte[] bytes, int offset, int length) {
                count(length);
            }

            @Override
            public void endBlob(AnyObjectId id) {
                // counted already
            }
        };
    }

    private void count(long bytes) {
        unpacked += bytes;
        if (unpacked > limits.unpacked().bytes()) {
            throw new PushRefused(
                    PushRefusal.TOO_LARGE,
                    "What the push sends is more than " + new Memory(unpacked) + " unpacked, the limit is "
                            + limits.unpacked() + ".");
        }
    }

    /** Whether it is about a name that a machine would take for something else. Of some of them JGit gives no type. */
    static boolean unsafe(CorruptObjectException problem) {
        ErrorType type = problem.getErrorType();
        return type == null ? String.valueOf(problem.getMessage()).contains("name") : unsafe(type);
    }

    private static boolean unsafe(ErrorType error) {
        return switch (error) {
            case EMPTY_NAME,
                    FULL_PATHNAME,
                    HAS_DOT,
                    HAS_DOTDOT,
                    HAS_DOTGIT,
                    GITMODULES_BLOB,
                    GITMODULES_LARGE,
                    GITMODULES_NAME,
                    GITMODULES_PARSE,
                    GITMODULES_PATH,
                    GITMODULES_SYMLINK,
                    GITMODULES_URL,
                    WIN32_BAD_NAME,
                    DUPLICATE_ENTRIES,
                    BAD_UTF8 -> true;
            case NULL_SHA1,
                    TREE_NOT_SORTED,
                    ZERO_PADDED_FILEMODE,
                    BAD_OBJECT_SHA1,
                    BAD_PARENT_SHA1,
                    BAD_TREE_SHA1,
                    MISSING_AUTHOR,
                    MISSING_COMMITTER,
                    MISSING_OBJECT,
                    MISSING_TREE,
                    MISSING_TYPE_ENTRY,
                    MISSING_TAG_ENTRY,
                    BAD_DATE,
                    BAD_EMAIL,
                    BAD_TIMEZONE,
                    MISSING_EMAIL,
                    MISSING_SPACE_BEFORE_DATE,
                    UNKNOWN_TYPE -> false;
        };
    }
}
