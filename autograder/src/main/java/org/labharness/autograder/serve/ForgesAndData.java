package org.labharness.autograder.serve;

import jakarta.servlet.http.HttpServlet;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.labharness.autograder.dvcremote.DvcFolders;
import org.labharness.autograder.dvcremote.DvcLimits;
import org.labharness.autograder.dvcremote.DvcServlet;
import org.labharness.autograder.dvcremote.DvcStore;
import org.labharness.autograder.dvcremote.RosterAccess;
import org.labharness.autograder.forge.ForgeHosts;
import org.labharness.autograder.forge.ForgeReports;
import org.labharness.autograder.intake.Filing;
import org.labharness.autograder.intake.Freezer;
import org.labharness.autograder.ledger.Grading;
import org.labharness.autograder.ledger.Way;
import org.labharness.autograder.queue.GradingEvent;
import org.labharness.autograder.queue.Gradings;
import org.labharness.autograder.queue.Worker;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.GradingStore;
import org.labharness.autograder.store.TokenStore;
import org.labharness.autograder.token.AccessToken;
import org.labharness.autograder.token.Scope;
import org.labharness.autograder.token.TokenText;
import org.labharness.autograder.webhook.HookSecrets;
import org.labharness.autograder.webhook.HookServlet;
import org.labharness.autograder.webhook.Hooks;
import org.labharness.autograder.webhook.ReceiptWork;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/** The part of the server that hears forges, answers them, and keeps data for DVC. */
@Configuration(proxyBeanMethods = false)
class ForgesAndData {
    private static final int FROZEN_AT_ONCE = 2;

    @Bean(destroyMethod = "close")
    ReceiptWork receipts(
            ServerOptions options,
            Machinery machinery,
            Database database,
            Worker worker,
            ForgeReports reports,
            InstantSource clock) {
        Gradings gradings = worker.gradings();
        GradingStore asked = new GradingStore(database);
        return new ReceiptWork(
                database,
                worker.name(),
                new Freezer(machinery.archive(), machinery.variables(), clock),
                course -> new Filing(database, machinery.archive(), course, options.version(), clock),
                (course, submission, fact, why) -> {
                    // A branch and a tag that are pushed together are told of twice, and are one submission.
                    if (asked.ofSubmission(submission)
                            .filter(ForgesAndData::stands)
                            .isEmpty()) {
                        gradings.ask(course, submission, fact, Way.WEBHOOK, "a forge", why, false);
                        reports.wake();
                    }
                },
                clock);
    }

    /** Whether nothing more has to be asked for. */
    private static boolean stands(Grading grading) {
        return switch (grading.state()) {
            case WAITING, RUNNING -> true;
            case DONE -> grading.code().isEmpty();
            case SUPERSEDED, CANCELLED -> false;
        };
    }

    @Bean(destroyMethod = "close")
    ForgeReports reports(
            Machinery machinery, Database database, Worker worker, ReportLinks links, InstantSource clock) {
        ForgeReports reports = new ForgeReports(
                database,
                worker.name(),
                ForgeHosts.from(machinery.variables()),
                machinery.variables().getOrDefault("LAB_FORGE_LINKS", "yes").equals("no")
                        ? org.labharness.autograder.forge.ReportLinks.NONE
                        : (course, submission) -> Optional.of(links.report(submission)),
                clock);
        worker.listen((grading, event) -> {
            if (event instanceof GradingEvent.Ended) {
                reports.wake();
            }
        });
        return reports;
    }

    @Bean
    ServletRegistrationBean<HttpServlet> hookServlet(
            ServerOptions options, Machinery machinery, Database database, ReceiptWork receipts, InstantSource clock) {
        HookSecrets secrets =
                HookSecrets.from(machinery.variables(), options.courses().ids());
        Path folder = options.home().resolve("hooks");
        Hooks hooks = new Hooks(options.courses()::courses, secrets, database, folder, receipts::wake, clock);
        hooks.prepare();
        ServletRegistrationBean<HttpServlet> registration =
                new ServletRegistrationBean<>(new HookServlet(hooks), "/hooks/*");
        registration.setName("hooks");
        return registration;
    }

    @Bean
    DvcFolders dataFolders(ServerOptions options) {
        return new DvcFolders(options.home(), "");
    }

    @Bean
    ServletRegistrationBean<HttpServlet> dvcServlet(
            ServerOptions options,
            ServerSettings settings,
            DvcFolders folders,
            Database database,
            InstantSource clock) {
        TokenStore tokens = new TokenStore(database);
        RosterAccess access = new RosterAccess(
                options.courses()::courses,
                database,
                (course, user, secret) -> TokenText.parse(secret)
                        .flatMap(text -> tokens.check(text, clock.instant()))
                        .filter(token -> token.course().equals(course) && token.scope() == Scope.STUDENT)
                        .map(AccessToken::student),
                clock);
        ServletRegistrationBean<HttpServlet> registration = new ServletRegistrationBean<>(
                new DvcServlet(new DvcStore(folders, settings.data(), clock), access), "/dvc/*");
        registration.setName("dvc");
        return registration;
    }

    @Bean
    Beginning beginning(
            ServerOptions options,
            WhereItListens where,
            DvcFolders folders,
            ReceiptWork receipts,
            ForgeReports reports) {
        return new Beginning(options, where, folders, receipts, reports);
    }

    /** What begins when it is known at which address people reach the server. */
    static final class Beginning {
        private final ServerOptions options;
        private final WhereItListens where;
        private final DvcFolders folders;
        private final ReceiptWork receipts;
        private final ForgeReports reports;

        Beginning(
                ServerOptions options,
                WhereItListens where,
                DvcFolders folders,
                ReceiptWork receipts,
                ForgeReports reports) {
            this.options = options;
            this.where = where;
            this.folders = folders;
            this.receipts = receipts;
            this.reports = reports;
        }

        @EventListener(ApplicationReadyEvent.class)
        void ready() {
            URI base = where.base();
            options.courses().ids().forEach(course -> folders.offer(course, base.toString()));
            receipts.start(FROZEN_AT_ONCE);
            reports.start();
        }
    }

    /** How much a request may send that goes to this part; empty where it goes elsewhere. */
    static Optional<Long> most(String path, DvcLimits data) {
        Map<String, Long> known =
                Map.of("/hooks/", HookServlet.LARGEST, "/dvc/", data.file().bytes());
        return known.entrySet().stream()
                .filter(one -> path.startsWith(one.getKey()))
                .map(one -> one.getValue() + (1 << 20)) // so that its own answer says what is too large
                .findFirst();
    }
}
