package org.labharness.autograder.gitserver;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.PackParser;

/**
 * A bare repository that reads no pack of too many objects or bytes. The number of objects stands in the pack's first bytes, and JGit makes
 * room for it. JGit has a limit of bytes of its own, and takes a pause in what comes for the end where it is reached.
 */
final class PushedRepository extends FileRepository {
    private static final int HEADER = 12;
    private static final int COUNT = 8;

    private final PushLimits limits;
    private long room = Long.MAX_VALUE;

    private PushedRepository(FileRepositoryBuilder options, PushLimits limits) throws IOException {
        super(options);
        this.limits = limits;
    }

    private static FileRepositoryBuilder at(Path directory) throws IOException {
        return new FileRepositoryBuilder()
                .setGitDir(directory.toFile())
                .setBare()
                .setup();
    }

    static PushedRepository of(Path directory, PushLimits limits) throws IOException {
        return new PushedRepository(at(directory), limits);
    }

    static PushedRepository made(Path directory, PushLimits limits) throws IOException {
        PushedRepository repository = new PushedRepository(at(directory), limits);
        repository.create(true);
        repository.updateRef(Constants.HEAD).link(Constants.R_HEADS + "main");
        StoredConfig config = repository.getConfig();
        // Packs are counted against what a repository may take up; they must not change meanwhile.
        config.setInt(ConfigConstants.CONFIG_GC_SECTION, null, ConfigConstants.CONFIG_KEY_AUTO, 0);
        config.setBoolean(ConfigConstants.CONFIG_RECEIVE_SECTION, null, ConfigConstants.CONFIG_KEY_AUTOGC, false);
        config.save();
        return repository;
    }

    /** How many bytes there is room for; a pack of more is refused. */
    void room(long bytes) {
        room = bytes;
    }

    /** Nothing: it would look into folders of packs that are being counted, in a thread of its own. */
    @Override
    public void autoGC(ProgressMonitor monitor) {
        // see above
    }

    @Override
    public ObjectInserter newObjectInserter() {
        ObjectInserter inserter = super.newObjectInserter();
        return new ObjectInserter.Filter() {
            @Override
            protected ObjectInserter delegate() {
                return inserter;
            }

            @Override
            public PackParser newPackParser(InputStream in) throws IOException {
                return inserter.newPackParser(new Counting(in));
            }
        };
    }

    private final class Counting extends FilterInputStream {
        private final byte[] header = new byte[HEADER];
        private int seen;
        private long bytes;

        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = super.read(into, offset, length);
            bytes += Math.max(0, count);
            size();
            if (count > 0 && seen < HEADER) {
                int taken = Math.min(count, HEADER - seen);
                System.arraycopy(into, offset, header, seen, taken);
                seen += taken;
                if (seen == HEADER && isPack()) {
                    check(ByteBuffer.wrap(header, COUNT, 4).getInt() & 0xFFFF_FFFFL);
                }
            }
            return count;
        }

        private boolean isPack() {
            return header[0] == 'P' && header[1] == 'A' && header[2] == 'C' && header[3] == 'K';
        }

        private void size() {
            if (bytes > limits.pack().bytes()) {
                throw new PushRefused(
                        PushRefusal.TOO_LARGE,
                        "The push sends more than " + limits.pack() + " (compressed), the limit.");
            }
            if (bytes > room) {
                throw new PushRefused(
                        PushRefusal.NO_ROOM,
                        "With this push the repository would take up more than " + limits.repository()
                                + ", the limit.");
            }
        }

        private void check(long objects) {
            if (objects > limits.objects()) {
                throw new PushRefused(
                        PushRefusal.TOO_MANY_OBJECTS,
                        "The push sends " + objects + " objects (commits, folders, file versions), the limit is "
                                + limits.objects() + ".");
            }
        }
    }
}
