package org.labharness.pipeline.checkout;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.storage.file.WindowCacheConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * What JGit sees of this machine: no user's or system's Git configuration, no {@code GIT_*} variables, and a known timestamp
 * resolution, which JGit would else measure for seconds in every fresh home directory.
 */
public final class QuietSystem extends SystemReader {
    /** Coarser than any file system that work trees lie on; only used to tell changed files apart. */
    private static final Duration RESOLUTION = Duration.ofMillis(10);

    private final SystemReader machine;

    private QuietSystem(SystemReader machine) {
        this.machine = machine;
    }

    /** Makes JGit of this process see nothing else; any number of times. */
    public static synchronized void install() {
        if (!(SystemReader.getInstance() instanceof QuietSystem)) {
            SystemReader.setInstance(new QuietSystem(SystemReader.getInstance()));
            WindowCacheConfig windows = new WindowCacheConfig();
            windows.setPackedGitMMAP(false);
            windows.install();
        }
    }

    @Override
    public String getHostname() {
        return "localhost";
    }

    @Override
    public @Nullable String getenv(String variable) {
        return variable.startsWith("GIT_") ? null : machine.getenv(variable);
    }

    @Override
    public @Nullable String getProperty(String key) {
        return machine.getProperty(key);
    }

    @Override
    public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
        return new NoConfig(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
        return new NoConfig(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
        return new NoConfig(parent, fs);
    }

    @Override
    @SuppressWarnings("deprecation") // abstract in the parent
    public long getCurrentTime() {
        return machine.getCurrentTime();
    }

    @Override
    @SuppressWarnings("deprecation") // abstract in the parent
    public int getTimezone(long when) {
        return 0;
    }

    private static final class NoConfig extends FileBasedConfig {
        NoConfig(@Nullable Config parent, FS fs) {
            super(parent, null, fs);
        }

        @Override
        public void load() {
            // there is no file
        }

        @Override
        public void save() {
            // nothing of this process is remembered
        }

        @Override
        public boolean isOutdated() {
            return false;
        }

        @Override
        public long getTimeUnit(
                String section, @Nullable String subsection, String name, long otherwise, TimeUnit unit) {
            return section.equals("filesystem")
                    ? unit.convert(RESOLUTION)
                    : super.getTimeUnit(section, subsection, name, otherwise, unit);
        }
    }
}
