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
 * @param listOnly of a folder only the list of its files is wanted
 */
public record WantedContent(
        String path, String md5, List<DvcRemote> remotes, String source, Optional<GitSource> git, boolean listOnly) {
    public WantedContent {
        remotes = List.copyOf(remotes);
    }

    /** With all that is in it. */
    public WantedContent(String path, String md5, List<DvcRemote> remotes, String source, Optional<GitSource> git) {
        this(path, md5, remotes, source, git, false);
    }

    /** Of no other repository. */
    public WantedContent(String path, String md5, List<DvcRemote> remotes, String source) {
        this(path, md5, remotes, source, Optional.empty());
    }
}
