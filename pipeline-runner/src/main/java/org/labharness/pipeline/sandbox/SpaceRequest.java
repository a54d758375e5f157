package org.labharness.pipeline.sandbox;

import org.labharness.lab.Memory;

/**
 * What one submission needs.
 *
 * @param name for labels and messages, such as a student's id; letters, digits, hyphens
 * @param disk size of the file system that holds the work tree and the tracking server's data
 */
public record SpaceRequest(String name, Memory disk) {}
