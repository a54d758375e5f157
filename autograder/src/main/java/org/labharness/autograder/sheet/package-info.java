/** What one student may see of a course, as a document that can be kept, and the page and Markdown made from it alone. */
@NullMarked
package org.labharness.autograder.sheet;

import org.jspecify.annotations.NullMarked;
