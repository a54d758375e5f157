package org.labharness.autograder.serve;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.labharness.autograder.course.LiveCourses;
import org.labharness.autograder.gitserver.GitEndpoint;
import org.labharness.autograder.intake.DeadlineCollection;
import org.labharness.autograder.queue.Worker;
import org.labharness.autograder.webhook.ReceiptWork;
import org.labharness.pipeline.SystemBroke;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/** The server while it runs. Closed, it takes nothing more, ends the answers it is giving, and leaves gradings for the next start. */
public final class LabServer implements AutoCloseable {
    private final ConfigurableApplicationContext context;
    private final Machinery machinery;
    private final LiveCourses courses;

    private LabServer(ConfigurableApplicationContext context, Machinery machinery, LiveCourses courses) {
        this.context = context;
        this.machinery = machinery;
        this.courses = courses;
    }

    /**
     * Starts it; when this returns it listens and grades.
     *
     * @throws InvalidSettings where a setting or address cannot be
     * @throws SystemBroke where the database cannot be opened
     */
    public static LabServer start(ServerOptions options, Machinery machinery) {
        if (!LoggerFactory.getILoggerFactory().getClass().getName().startsWith("ch.qos.logback.")) {
            System.setProperty(
                    "org.springframework.boot.logging.LoggingSystem", "none"); // another one was chosen: no logs
        }
        SpringApplication application = new SpringApplication(ServerConfiguration.class);
        application.setWebApplicationType(WebApplicationType.SERVLET);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setRegisterShutdownHook(false);
        application.setAddCommandLineProperties(true);
        application.setDefaultProperties(usual());
        application.addInitializers(context -> {
            context.getBeanFactory().registerSingleton("options", options);
            context.getBeanFactory().registerSingleton("machinery", machinery);
        });
        try {
            StartProblems.requireReadable(options.config());
            LabServer server = new LabServer(application.run(arguments(options)), machinery, options.courses());
            try {
                server.begin(options);
            } catch (RuntimeException problem) {
                // What has begun is ended, whatever kept the rest from it.
                server.context.close();
                throw problem;
            }
            return server;
        } catch (RuntimeException problem) {
            machinery.close();
            throw StartProblems.named(problem, options);
        }
    }

    /** What was asked for on the command line stands above the file of settings. */
    private static String[] arguments(ServerOptions options) {
        Map<String, String> asked = new HashMap<>();
        if (options.bind() != null) {
            asked.put("server.address", options.bind());
        }
        if (options.port() != null) {
            asked.put("server.port", String.valueOf(options.port()));
        }
        // No file but the one that was named: nothing that lies in the working directory is taken for settings.
        asked.put(
                "spring.config.location",
                options.config() == null
                        ? "optional:classpath:/no-settings/"
                        : options.config().toAbsolutePath().toUri().toString());
        return asked.entrySet().stream()
                .map(one -> "--" + one.getKey() + "=" + one.getValue())
                .toArray(String[]::new);
    }

    private static Map<String, Object> usual() {
        Map<String, Object> usual = new HashMap<>();
        usual.put("server.address", "127.0.0.1");
        usual.put("server.port", "8080");
        usual.put("server.shutdown", "graceful");
        usual.put("spring.lifecycle.timeout-per-shutdown-phase", "20s");
        usual.put("server.error.include-stacktrace", "never");
        usual.put("server.error.whitelabel.enabled", "false");
        usual.put("server.tomcat.connection-timeout", "20s");
        usual.put("server.tomcat.keep-alive-timeout", "30s");
        usual.put("server.tomcat.max-connections", "1000");
        usual.put("server.tomcat.max-swallow-size", "2MB");
        usual.put("server.tomcat.max-http-form-post-size", "64KB");
        usual.put("server.max-http-request-header-size", "16KB");
        usual.put("spring.threads.virtual.enabled", "true");
        usual.put("spring.web.resources.add-mappings", "false");
        // It would read whatever calls itself a form into memory, before anybody has asked who sends it.
        usual.put("spring.mvc.formcontent.filter.enabled", "false");
        usual.put("logging.structured.format.console", "logstash");
        usual.put("logging.level.root", "info");
        usual.put("logging.level.org.springframework", "warn");
        // Why it cannot start is said in one sentence, without a trace.
        usual.put("logging.level.org.springframework.boot", "off");
        usual.put("logging.level.org.apache", "warn");
        // The database's threads outlive Tomcat by a moment, which it takes for a leak.
        usual.put("logging.level.org.apache.catalina.loader", "error");
        usual.put("logging.level.org.springframework.web.servlet.PageNotFound", "error");
        usual.put("logging.level.org.flywaydb.core.internal.database", "error");
        usual.put("logging.level.org.eclipse.jgit", "warn");
        usual.put("logging.level.org.flywaydb", "warn");
        // At each end it says that it did not wait for threads of its own.
        usual.put("logging.level.com.zaxxer", "error");
        usual.put("logging.level.com.github", "warn");
        usual.put("logging.level.com.github.kagkarlsson.scheduler.jdbc", "error");
        return usual;
    }

    private void begin(ServerOptions options) {
        context.getBean(GitEndpoint.class).recover();
        context.getBean(Worker.class).start();
        // What the dead had claimed is free now.
        context.getBean(ReceiptWork.class).wake();
        context.getBean(DeadlineCollection.class).start();
        courses.listen(change -> machinery.say(change.words()));
        courses.follow();
        WhereItListens where = context.getBean(WhereItListens.class);
        machinery.say("Listening at " + where.listening()
                + (where.base().equals(where.listening()) ? "" : ", reached as " + where.base()) + " for "
                + options.courses().now().stream()
                        .map(one -> one.course().id() + " ("
                                + String.join(
                                        ", ",
                                        one.labs().keySet().stream()
                                                .map(lab -> lab.value())
                                                .sorted()
                                                .toList())
                                + ")")
                        .collect(Collectors.joining(", "))
                + ". Pushes: " + where.base() + "/git/COURSE/ID/LAB.git. Ctrl-C ends it.");
        // Beside the start: asking the engine takes a fifth of a second.
        Thread.ofPlatform().daemon().name("first-look").start(this::sayTrouble);
        if (!where.listening().getScheme().equals("https") && !isLoopback(where.listening())) {
            machinery.say(
                    "note: it listens to the network without TLS, so tokens can be read on the way. Put a proxy with TLS"
                            + " before it, or name a certificate in --config (server.ssl).");
        }
    }

    private void sayTrouble() {
        machinery
                .trouble()
                .ifPresent(broke -> machinery.say("note: nothing can be graded yet: " + broke.getMessage()
                        + ". What is pushed is taken and waits."));
    }

    private static boolean isLoopback(URI address) {
        return java.util.Set.of("127.0.0.1", "localhost", "[::1]").contains(address.getHost());
    }

    /** Where it listens. */
    public URI address() {
        return context.getBean(WhereItListens.class).listening();
    }

    @Override
    public void close() {
        courses.close();
        context.getBean(GitEndpoint.class).stop();
        context.close();
        machinery.close();
    }
}
