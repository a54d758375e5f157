package org.labharness.pipeline.sandbox;

import java.io.IOException;

/** The work tree and {@code /tmp} of a submission as they were at one moment, and the tracking server's data if asked for. */
public interface SpaceCopy {
    /**
     * Makes the submission's folders what they were; the tracking server's data are gone where they were not copied. Nothing of the
     * submission may run meanwhile, nor its tracking server.
     *
     * @throws IOException where what is in the folders cannot be copied
     */
    void restore() throws IOException;
}
