package org.labharness.pipeline.collect.dvc;

import org.labharness.pipeline.evidence.DataFacts.Presence;

/**
 * What became of content when it was to be fetched.
 *
 * @param reason where it came from, or why it did not
 */
public record Fate(Presence presence, String reason) {}
