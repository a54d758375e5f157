package org.labharness.autograder.serve;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.servlet.context.ServletWebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;

/** By which address people reach the server: the one that the settings name, else the one at which it listens. */
final class WhereItListens {
    private final @Nullable URI named;
    private volatile @Nullable URI listening;

    WhereItListens(@Nullable URI named) {
        this.named = named;
    }

    @EventListener
    void on(ServletWebServerInitializedEvent event) {
        Environment environment = event.getApplicationContext().getEnvironment();
        String address = environment.getProperty("server.address", "127.0.0.1");
        boolean secure = environment.containsProperty("server.ssl.bundle")
                || environment.containsProperty("server.ssl.key-store")
                || environment.containsProperty("server.ssl.certificate");
        String host = address.contains(":") ? "[" + address + "]" : address;
        listening = URI.create((secure ? "https" : "http") + "://" + host + ":"
                + event.getWebServer().getPort());
    }

    /** Where it listens, whatever people are told. */
    URI listening() {
        URI known = listening;
        if (known == null) {
            throw new IllegalStateException("the server does not listen yet");
        }
        return known;
    }

    URI base() {
        return named == null ? listening() : named;
    }
}
