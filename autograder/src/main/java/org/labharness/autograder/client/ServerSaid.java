package org.labharness.autograder.client;

/** The server does not do what it was asked, and says why. */
public final class ServerSaid extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;

    ServerSaid(int status, String code, String sentence) {
        super(sentence);
        this.status = status;
        this.code = code;
    }

    /** Of HTTP. */
    public int status() {
        return status;
    }

    /** Why, such as {@code closed}. */
    public String code() {
        return code;
    }

    /** Whether what was handed in is not taken, whoever asks. */
    public boolean refused() {
        return (status == 409 && !isInProgress())
                || code.equals("too-often")
                || (status == 422 && !code.equals("key-reused"));
    }

    /** Whether the server failed. */
    public boolean broke() {
        return status >= 500 || status == 429 || status == 410 || isInProgress();
    }

    /** Whether the same request is being worked on: what comes of it is not known yet. */
    boolean isInProgress() {
        return code.equals("key-in-progress");
    }
}
