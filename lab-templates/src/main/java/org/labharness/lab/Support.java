package org.labharness.lab;

/** How well a verdict is supported. */
public enum Support {
    /** Made during the harness's own run, or read in the committed files where nothing has to run. */
    REPRODUCED,
    /** Only committed traces say so: a lock file, a stored run. */
    REPORTED,
    /** Not there, or wrong. */
    ABSENT,
    /** Could not be found out; a {@link Untestable} says whose matter that is. */
    UNTESTABLE
}
