package org.labharness.pipeline.sandbox;

/**
 * A loopback port that is answered with the tracking server.
 *
 * @param ipv4 whether 127.0.0.1 is answered too; false leaves it free for the student's own code, [::1] is answered always
 */
public record LoopbackPort(int port, boolean ipv4) {}
