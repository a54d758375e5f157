package org.labharness.autograder.enrolment;

import org.jspecify.annotations.Nullable;

/**
 * What somebody says of a table beyond what it says itself.
 *
 * @param id the column that holds the ids; null: the usual one of its kind
 * @param repository where the repositories of these students lie, in a pattern; null: as the table says
 * @param teams what names of those groups of Moodle begin with that are teams; null: none are
 * @param lab for which lab a table of GitHub Classroom holds repositories; null: the name of the assignment tells
 */
public record ImportChoices(
        @Nullable String id,
        @Nullable String repository,
        @Nullable String teams,
        @Nullable String lab) {
    public static final ImportChoices NONE = new ImportChoices(null, null, null, null);
}
