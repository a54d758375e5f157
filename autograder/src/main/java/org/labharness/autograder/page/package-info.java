/** Pages that open from disk, built so that nothing that people wrote becomes markup in them; the same for Markdown. */
@NullMarked
package org.labharness.autograder.page;

import org.jspecify.annotations.NullMarked;
