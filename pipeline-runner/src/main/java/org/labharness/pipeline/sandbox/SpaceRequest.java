package org.labharness.pipeline.sandbox;

import java.util.function.Consumer;
import org.labharness.lab.Memory;

/**
 * What one submission needs.
 *
 * @param name for labels and messages, such as a student's id; letters, digits, hyphens
 * @param disk size of the file system that holds the work tree and the tracking server's data
 * @param heard is told what its containers do
 */
public record SpaceRequest(String name, Memory disk, Consumer<Sign> heard) {
    /** Nobody listens. */
    public SpaceRequest(String name, Memory disk) {
        this(name, disk, Sign.UNHEARD);
    }

    /** The same submission's, with another disk. */
    public SpaceRequest with(Memory other) {
        return new SpaceRequest(name, other, heard);
    }
}
