package org.labharness.pipeline.collect.dvc;

import java.util.List;
import java.util.Optional;

/**
 * Content that a submission names and does not hold.
 *
 * @param path where it belongs, relative to the repository
 * @param md5 ends in {@code .dir} for a folder
 * @param remotes where to look for it by its sum, in order
 * @param source address that it was once imported from as a whole; empty where none
 * @param git what it was imported from by {@code dvc import}
 */
public record WantedContent(String path, String md5, List<DvcRemote> remotes, String source, Optional<GitSource> git) {
    public WantedContent {
        remotes = List.copyOf(remotes);
    }

    /** Of no other repository. */
    public WantedContent(String path, String md5, List<DvcRemote> remotes, String source) {
        this(path, md5, remotes, source, Optional.empty());
    }
}
