/** What a course is: components with weights, the labs that it offers, and the rules that turn points into a grade. */
@NullMarked
package org.labharness.lab.course;

import org.jspecify.annotations.NullMarked;
