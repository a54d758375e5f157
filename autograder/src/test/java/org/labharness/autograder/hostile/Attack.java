package org.labharness.autograder.hostile;

import java.util.Map;

/** A submission of two short stages that is out for more than it is worth. */
interface Attack {
    /** Beside those of honest work, or in the place of them. */
    Map<String, String> files();

    /** What a grader without much thought would do in a copy of the repository. */
    String usual();

    /** What that grader would take for the result: the last line that this prints. */
    String believed();

    /** What each check is worth here. */
    String points();

    String name();
}
