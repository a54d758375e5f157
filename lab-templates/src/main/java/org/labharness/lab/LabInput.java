package org.labharness.lab;

/**
 * A file that the lab puts in place where a submission cannot bring its own.
 *
 * @param target where it goes, relative to the repository
 * @param source where it lies, relative to the lab's folder
 */
public record LabInput(String target, String source) {}
