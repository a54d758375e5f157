/** What a data challenge is: hidden labels in a public and a private part, how often and until when predictions are taken, what they are worth. */
@NullMarked
package org.labharness.lab.challenge;

import org.jspecify.annotations.NullMarked;
