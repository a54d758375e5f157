package org.labharness.autograder.serve;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many tries without a good token came from an address within a minute. It remembers so many addresses at most, those that tried
 * last. Safe for use by several threads.
 */
final class Tries {
    private static final long MINUTE = 60;
    private static final float USUAL = 0.75f;

    private final int most;
    private final Map<String, Count> counts;

    private record Count(long minute, int tries) {}

    /**
     * @param most tries of a minute
     * @param addresses that are remembered
     */
    Tries(int most, int addresses) {
        this.most = most;
        this.counts = new LinkedHashMap<>(16, USUAL, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
                return size() > addresses;
            }
        };
    }

    /** Whether an address has had its tries for this minute. */
    synchronized boolean usedUp(String address, Instant now) {
        Count count = counts.get(network(address));
        return count != null && count.minute() == minute(now) && count.tries() >= most;
    }

    /** Counts one. Returns whether it is the last that is answered as usual. */
    synchronized boolean failed(String address, Instant now) {
        Count count = counts.merge(
                network(address),
                new Count(minute(now), 1),
                (before, one) -> before.minute() == one.minute() ? new Count(one.minute(), before.tries() + 1) : one);
        return count.tries() == most;
    }

    /** Seconds until there are tries again. */
    static long wait(Instant now) {
        return MINUTE - Math.floorMod(now.getEpochSecond(), MINUTE);
    }

    private static long minute(Instant now) {
        return Math.floorDiv(now.getEpochSecond(), MINUTE);
    }

    /** Whoever has one address of version 6 has all of its network. */
    private static String network(String address) {
        try {
            return address.indexOf(':') >= 0 && InetAddress.getByName(address) instanceof Inet6Address six
                    ? HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), 8))
                    : address;
        } catch (UnknownHostException noAddress) {
            return address;
        }
    }
}
