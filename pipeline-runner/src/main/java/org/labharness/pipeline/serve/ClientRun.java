package org.labharness.pipeline.serve;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.ServiceCheck;
import org.labharness.pipeline.evidence.ClientFacts;
import org.labharness.pipeline.probe.Prober;
import org.labharness.pipeline.sandbox.Execution;
import org.labharness.pipeline.sandbox.ExecutionResult;
import org.labharness.probe.exchange.Request;
import org.labharness.probe.exchange.Script;
import org.labharness.probe.exchange.Seen;

/** One client, told of a service at a place that is drawn for it alone; in that place a stand-in of the harness's answers, and notes what it is asked. */
final class ClientRun {
    private static final Duration LONGEST = Duration.ofMinutes(1);
    /** A page's server is ended by whoever asks it, not by its limit. */
    private static final Duration TO_BE_ENDED = Duration.ofSeconds(60);

    private static final int PATIENCE_MILLIS = 20_000;
    private static final int SHOWN = 65_536;
    private static final int TOLD = 10;
    private static final int FIRST_PORT = 20_000;
    private static final int PORTS = 10_000;
    private static final String PLACE = "{endpoint}";

    private final ServiceCheck.ClientFollows client;
    private final ServingSpace space;
    private final Prober prober;
    private final String endpoint;
    private final int port;
    private final Consumer<String> note;
    private final DrawnAnswer drawn;
    private final ShownText shown;

    ClientRun(
            ServiceCheck.ClientFollows client,
            ServingSpace space,
            Prober prober,
            int port,
            DrawnAnswer drawn,
            Consumer<String> note) {
        this.client = client;
        this.space = space;
        this.prober = prober;
        this.port = port;
        this.endpoint = "http://127.0.0.1:" + port;
        this.note = note;
        this.drawn = drawn;
        this.shown = new ShownText(drawn.shows());
    }

    /** @param but a port that is not drawn */
    static int drawnPort(int but) {
        int port = FIRST_PORT + new SecureRandom().nextInt(PORTS);
        return port == but ? port + 1 : port;
    }

    ClientFacts facts(Duration time) {
        long started = System.nanoTime();
        Duration longest = time.compareTo(LONGEST) < 0 ? time : LONGEST;
        Prober.Asking asking =
                prober.start(space.space(), space.folder(), script(longest), longest.plusSeconds(30), note);
        Map<String, String> variables = new HashMap<>();
        client.variables().forEach((name, text) -> variables.put(name, text.replace(PLACE, endpoint)));
        ServiceStart.Line line = new ServiceStart.Line("/work", client.command().replace(PLACE, endpoint), List.of());
        Execution running = space.start(
                line,
                variables,
                isServer() ? longest.plus(TO_BE_ENDED) : longest,
                isServer() ? chunk -> {} : shown::add);
        @Nullable ExecutionResult ended = null;
        if (isServer()) {
            asking.waitsFor(running);
        } else {
            ended = running.await(longest, "A client");
            asking.stop();
        }
        List<Seen> seen = asking.await();
        boolean over = running.result().isDone();
        running.kill();
        ExecutionResult result = ended == null ? running.await(longest, "A client") : ended;
        return facts(seen, result, over && !result.killed(), started);
    }

    private boolean isServer() {
        return client.port() > 0;
    }

    private Script script(Duration longest) {
        int millis = (int) longest.toMillis();
        Script.StandIn standIn = new Script.StandIn(
                port, "application/json", drawn.answer().getBytes(StandardCharsets.UTF_8), isServer() ? 2_000 : millis);
        if (!isServer()) {
            return new Script(standIn, null, List.of());
        }
        List<Integer> taken =
                Stream.concat(space.taken().stream(), Stream.of(port)).toList();
        ServiceCheck.Trigger trigger = client.trigger();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0");
        headers.put("Accept", "*/*");
        if (trigger != null && !trigger.body().isEmpty()) {
            headers.put("Content-Type", "application/json");
        }
        Request request = new Request(
                trigger == null ? "GET" : trigger.method(),
                trigger == null ? "/" : trigger.path(),
                headers,
                (trigger == null ? "" : trigger.body()).getBytes(StandardCharsets.UTF_8),
                PATIENCE_MILLIS,
                SHOWN);
        return new Script(
                standIn,
                new Script.Wait(client.port(), "", millis, taken, List.of()),
                List.of(new Script.Batch(List.of(request), 1, 0)));
    }

    private ClientFacts facts(List<Seen> seen, ExecutionResult result, boolean byItself, long started) {
        List<String> asked = seen.stream()
                .filter(Seen.Heard.class::isInstance)
                .map(Seen.Heard.class::cast)
                .map(heard -> heard.method() + " " + heard.path())
                .distinct()
                .limit(TOLD)
                .toList();
        if (isServer()) {
            shown.add(answer(seen));
        }
        return new ClientFacts(
                client.command(),
                endpoint,
                asked,
                drawn.shows(),
                shown.isFound(),
                byItself ? result.exit() : -1,
                seen.stream().anyMatch(Seen.Ready.class::isInstance),
                result.limits(),
                result.log().lastError(),
                Math.round((System.nanoTime() - started) / 1e7) / 100.0);
    }

    private static byte[] answer(List<Seen> seen) {
        return seen.stream()
                .filter(Seen.Reply.class::isInstance)
                .map(one -> ((Seen.Reply) one).body())
                .findFirst()
                .orElse(new byte[0]);
    }
}
