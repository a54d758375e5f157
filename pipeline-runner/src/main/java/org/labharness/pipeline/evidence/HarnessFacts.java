package org.labharness.pipeline.evidence;

import java.util.Map;

/**
 * What graded.
 *
 * @param images image names, content hash included, by role
 * @param lab id of the lab
 * @param labDigest digest of the lab
 */
public record HarnessFacts(String version, Map<String, String> images, String lab, String labDigest) {
    public HarnessFacts {
        images = Map.copyOf(images);
    }
}
