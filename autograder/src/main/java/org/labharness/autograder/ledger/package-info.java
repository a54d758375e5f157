/** What happened in a course, fact by fact: submissions, their judgements, marks, overrides. Facts are added, never changed. */
@NullMarked
package org.labharness.autograder.ledger;

import org.jspecify.annotations.NullMarked;
