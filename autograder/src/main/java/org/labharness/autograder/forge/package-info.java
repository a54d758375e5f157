/** What GitHub, GitLab and Gitea are told of a commit, each state once. */
@NullMarked
package org.labharness.autograder.forge;

import org.jspecify.annotations.NullMarked;
