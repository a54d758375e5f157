/** Brings a commit of a student's repository into a throwaway clone, with JGit, as data. */
@NullMarked
package org.labharness.pipeline.checkout;

import org.jspecify.annotations.NullMarked;
