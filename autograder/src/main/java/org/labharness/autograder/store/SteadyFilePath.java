package org.labharness.autograder.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.util.Locale;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** How H2 finds and opens {@link SteadyFile}s; all else is as for any other file. Public only because H2 makes them by reflection. */
public final class SteadyFilePath extends FilePathWrapper {
    /** Stands before a file's name in an address of H2. */
    static final String SCHEME = "steady";

    /** Lets H2 know of the scheme. */
    static void register() {
        FilePath.register(new SteadyFilePath());
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    /** @param mode {@code r} or one that writes, as of {@link RandomAccessFile} */
    @Override
    public FileChannel open(String mode) throws IOException {
        String file = getBase().toString();
        return new SteadyFile(new RandomAccessFile(file, mode.toLowerCase(Locale.ROOT)), file);
    }
}
