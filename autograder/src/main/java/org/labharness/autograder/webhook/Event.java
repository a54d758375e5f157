package org.labharness.autograder.webhook;

/** What a delivery is about. */
enum Event {
    PUSH,
    /** A test of the webhook itself. */
    PING,
    OTHER;

    static Event of(Headers headers, Payload payload) {
        return switch (headers.forge()) {
            case GITHUB, GITEA ->
                switch (headers.event()) {
                    case "push" -> PUSH;
                    case "ping" -> PING;
                    default -> OTHER;
                };
            case GITLAB ->
                switch (headers.event()) {
                    case "Push Hook", "Tag Push Hook" -> PUSH;
                    // One hook for a whole server, which tells of other things as well.
                    case "System Hook" ->
                        payload.event().equals("push") || payload.event().equals("tag_push") ? PUSH : OTHER;
                    default -> OTHER;
                };
        };
    }
}
