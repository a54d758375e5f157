package org.labharness.pipeline.collect.dvc;

import java.util.List;

/**
 * Content that a submission names and does not hold.
 *
 * @param path where it belongs, relative to the repository
 * @param md5 ends in {@code .dir} for a folder
 * @param remotes where to look for it by its sum, in order
 * @param source address that it was once imported from as a whole; empty where none
 */
public record WantedContent(String path, String md5, List<DvcRemote> remotes, String source) {
    public WantedContent {
        remotes = List.copyOf(remotes);
    }
}
