package org.labharness.pipeline.collect.mlflow;

import java.time.Duration;

/** What is left, while one submission's stores are read: of its time, and of the room for what they hold. */
final class Allowance {
    private final Caps caps;
    private final long end;
    private int letters;
    private int steps;

    Allowance(Caps caps) {
        this.caps = caps;
        this.end = System.nanoTime() + caps.time().toNanos();
        this.letters = caps.letters();
        this.steps = caps.allSteps();
    }

    Caps caps() {
        return caps;
    }

    boolean timeUp() {
        return left().isZero();
    }

    /** Never negative. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    /** A part of all the time, and never more than is left of it. */
    Duration share(int part, int of) {
        Duration share = caps.time().multipliedBy(part).dividedBy(of);
        return share.compareTo(left()) < 0 ? share : left();
    }

    /** Whether there was room for these texts; they are cut before they are kept. */
    boolean takesLetters(String... texts) {
        int needed = 0;
        for (String text : texts) {
            needed += Math.min(text.length(), caps.text() + 1);
        }
        if (needed > letters) {
            return false;
        }
        letters -= needed;
        return true;
    }

    boolean takesSteps(int number) {
        if (number > steps) {
            return false;
        }
        steps -= number;
        return true;
    }

    String timeUpWords() {
        return "reading all stores took more than " + caps.time().toSeconds() + " s";
    }

    String noRoomWords() {
        return "all stores together hold more than " + caps.letters() + " characters of names and values";
    }
}
