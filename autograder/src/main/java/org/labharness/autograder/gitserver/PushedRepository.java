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
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.PackParser;

/** A bare repository that reads no pack of too many objects: the number stands in the pack's first bytes, and JGit makes room for it. */
final class PushedRepository extends FileRepository {
    private static final int HEADER = 12;
    private static final int COUNT = 8;

    private final PushLimits limits;

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

        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            if (count > 0 && seen < HEADER) {
                int taken = Math.min(count, HEADER - seen);
                System.arraycopy(bytes, offset, header, seen, taken);
                seen += taken;
                if (seen == HEADER) {
                    check(ByteBuffer.wrap(header, COUNT, 4).getInt() & 0xFFFF_FFFFL);
                }
            }
            return count;
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
