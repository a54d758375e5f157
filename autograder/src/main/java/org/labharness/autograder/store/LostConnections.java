package org.labharness.autograder.store;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.Set;

/** Takes connections out of the pool that H2 says are of no use any more: its codes for that are not those of the standard. */
public final class LostConnections implements SQLExceptionOverride {
    /** Connection broken, database closed, object closed, database closed at shutdown. */
    private static final Set<Integer> LOST = Set.of(90067, 90098, 90007, 90121);

    /** The pool makes it by its name. */
    public LostConnections() {}

    static boolean isLost(int code) {
        return LOST.contains(code);
    }

    @java.lang.Override
    public SQLExceptionOverride.Override adjudicate(SQLException problem) {
        return isLost(problem.getErrorCode())
                ? SQLExceptionOverride.Override.MUST_EVICT
                : SQLExceptionOverride.Override.CONTINUE_EVICT;
    }
}
