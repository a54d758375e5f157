package org.labharness.autograder.webhook;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.forge.Forge;
import org.labharness.autograder.webhook.Proof.Unproven;

/**
 * What a delivery says beside its body.
 *
 * @param values of headers by name, whatever its case; null: there is none
 */
record Headers(Forge forge, Function<String, @Nullable String> values) {
    private static final int LONGEST = 1_000;

    /** Empty also where it is blank, or longer than any forge sends. */
    Optional<String> get(String name) {
        return Optional.ofNullable(values.apply(name))
                .map(String::strip)
                .filter(value -> !value.isEmpty() && value.length() <= LONGEST);
    }

    String required(String name) throws Unproven {
        return get(name).orElseThrow(() -> Unproven.without(name));
    }

    /** What happened, in the forge's own word; empty where it does not say. */
    String event() {
        return get(switch (forge) {
                    case GITHUB -> "X-GitHub-Event";
                    case GITLAB -> "X-Gitlab-Event";
                    case GITEA -> "X-Gitea-Event";
                })
                .orElse("");
    }

    /**
     * The delivery's id: the same when the forge sends it again. GitLab's {@code Idempotency-Key} stays the same through its retries, and older
     * versions of it have {@code X-Gitlab-Event-UUID} alone.
     */
    Optional<String> delivery() {
        return switch (forge) {
            case GITHUB -> get("X-GitHub-Delivery");
            case GITLAB -> get("webhook-id").or(() -> get("Idempotency-Key")).or(() -> get("X-Gitlab-Event-UUID"));
            case GITEA -> get("X-Gitea-Delivery").or(() -> get("X-Forgejo-Delivery"));
        };
    }
}
