package org.labharness.pipeline.checkout;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.PackParser;

/** A new repository that takes packs in under limits. JGit offers no other place for them on the fetching side. */
final class CappedRepository extends FileRepository {
    private final Caps caps;

    private CappedRepository(FileRepositoryBuilder options, Caps caps) throws IOException {
        super(options);
        this.caps = caps;
    }

    /** Without a work tree. */
    static CappedRepository bare(Path directory, Caps caps) throws IOException {
        FileRepositoryBuilder options = new FileRepositoryBuilder()
                .setGitDir(directory.toFile())
                .setBare()
                .setup();
        CappedRepository repository = new CappedRepository(options, caps);
        repository.create(true);
        return repository;
    }

    static CappedRepository create(Path directory, Caps caps) throws IOException {
        FileRepositoryBuilder options = new FileRepositoryBuilder()
                .setGitDir(directory.resolve(".git").toFile())
                .setWorkTree(directory.toFile())
                .setup();
        CappedRepository repository = new CappedRepository(options, caps);
        repository.create(false);
        StoredConfig config = repository.getConfig();
        config.setBoolean(ConfigConstants.CONFIG_CORE_SECTION, null, ConfigConstants.CONFIG_KEY_SYMLINKS, false);
        config.setBoolean(ConfigConstants.CONFIG_CORE_SECTION, null, ConfigConstants.CONFIG_KEY_AUTOCRLF, false);
        config.setBoolean(
                ConfigConstants.CONFIG_CORE_SECTION, null, ConfigConstants.CONFIG_KEY_LOGALLREFUPDATES, false);
        config.setInt(ConfigConstants.CONFIG_GC_SECTION, null, ConfigConstants.CONFIG_KEY_AUTO, 0);
        // For stages that commit or tag, as they may on their author's machine.
        config.setString(ConfigConstants.CONFIG_USER_SECTION, null, ConfigConstants.CONFIG_KEY_NAME, "student");
        config.setString(ConfigConstants.CONFIG_USER_SECTION, null, ConfigConstants.CONFIG_KEY_EMAIL, "student@lab");
        config.save();
        return repository;
    }

    /** Nothing: it would look into a folder that is thrown away, in a thread of its own. */
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
                PackParser parser = inserter.newPackParser(caps.pack(in));
                parser.setMaxObjectSizeLimit(caps.limits().blob().bytes());
                return parser;
            }
        };
    }
}
