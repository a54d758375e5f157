package org.labharness.autograder.serve;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import java.time.InstantSource;
import org.apache.catalina.core.StandardHost;
import org.labharness.autograder.api.ApiConfiguration;
import org.labharness.autograder.api.ApiGround;
import org.labharness.autograder.gitserver.GitEndpoint;
import org.labharness.autograder.intake.DeadlineCollection;
import org.labharness.autograder.queue.Worker;
import org.labharness.autograder.store.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/** What the server is made of. Nothing of Spring Boot is there but what is named here. */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    PropertyPlaceholderAutoConfiguration.class,
    SslAutoConfiguration.class,
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    ErrorMvcAutoConfiguration.class
})
@Import({
    StatusController.class,
    ReportController.class,
    StaffController.class,
    PlainErrors.class,
    ForgesAndData.class,
    ApiConfiguration.class
})
class ServerConfiguration {
    private static final int GIT = Ordered.HIGHEST_PRECEDENCE + 100;

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    ServerSettings settings(ConfigurableEnvironment environment) {
        return ServerSettings.of(environment);
    }

    /** Whoever started the server closes it, after everything else. */
    @Bean(destroyMethod = "")
    Database database(Machinery machinery, ServerSettings settings) {
        return machinery.database(settings.database());
    }

    @Bean(destroyMethod = "")
    Worker worker(Machinery machinery, Database database) {
        return machinery.worker(database);
    }

    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> plainReports() {
        return factory -> factory.addContextCustomizers(
                context -> ((StandardHost) context.getParent()).setErrorReportValveClass(PlainReports.class.getName()));
    }

    @Bean
    ReportLinks links(ServerOptions options, WhereItListens where, InstantSource clock) {
        return new ReportLinks(where::base, ReportLinks.key(options.home()), clock);
    }

    @Bean
    WhereItListens where(ServerSettings settings) {
        return new WhereItListens(settings.url());
    }

    @Bean
    ReportPages pages(ServerOptions options, Machinery machinery, Database database) {
        return new ReportPages(options.courses(), database, machinery.archive());
    }

    @Bean
    StaffDoor staffDoor(ServerOptions options, Database database, InstantSource clock) {
        return new StaffDoor(options.courses(), database, clock);
    }

    @Bean
    FormSeal formSeal(ServerOptions options, InstantSource clock) {
        return new FormSeal(ReportLinks.key(options.home()), clock);
    }

    @Bean
    StaffDesk staffDesk(
            ServerOptions options,
            Database database,
            Worker worker,
            ReportLinks links,
            FormSeal seal,
            InstantSource clock) {
        return new StaffDesk(options.courses(), database, worker, links, seal, clock);
    }

    @Bean(destroyMethod = "close")
    GitEndpoint git(
            ServerOptions options,
            ServerSettings settings,
            Machinery machinery,
            Database database,
            Worker worker,
            ReportLinks links,
            InstantSource clock) {
        return new GitEndpoint(
                options.courses(),
                database,
                options.home(),
                machinery.archive(),
                worker.gradings(),
                links,
                settings.push(),
                options.version(),
                clock);
    }

    @Bean
    ServletRegistrationBean<HttpServlet> gitServlet(GitEndpoint git) {
        ServletRegistrationBean<HttpServlet> registration = new ServletRegistrationBean<>(git.servlet(), "/git/*");
        registration.setName("git");
        return registration;
    }

    @Bean
    FilterRegistrationBean<Filter> gitFilter(GitEndpoint git) {
        FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(git.filter());
        registration.addUrlPatterns("/git/*");
        registration.setName("git-doors");
        registration.setOrder(GIT);
        return registration;
    }

    @Bean
    FilterRegistrationBean<SafeAnswers> safeAnswers(ServerSettings settings) {
        // A refused push may send the rest of what it has begun to, so that its client reads why.
        FilterRegistrationBean<SafeAnswers> registration = new FilterRegistrationBean<>(
                new SafeAnswers(4 * settings.push().pack().bytes(), settings.data()));
        registration.setName("safe-answers");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    @Bean
    FilterRegistrationBean<BadTries> badTries(Database database, InstantSource clock) {
        FilterRegistrationBean<BadTries> registration = new FilterRegistrationBean<>(new BadTries(database, clock));
        registration.setName("bad-tries");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return registration;
    }

    @Bean(destroyMethod = "close")
    DeadlineCollection deadlines(ServerOptions options, Machinery machinery, Database database, InstantSource clock) {
        Logger log = LoggerFactory.getLogger(DeadlineCollection.class);
        DeadlineCollection deadlines = new DeadlineCollection(
                options.courses()::courses,
                database,
                machinery.archive(),
                machinery.variables(),
                options.version(),
                clock,
                log::info);
        options.courses().listen(change -> deadlines.lookAgain(change.course()));
        return deadlines;
    }

    @Bean
    ApiGround api(
            ServerOptions options,
            ServerSettings settings,
            Machinery machinery,
            Database database,
            Worker worker,
            GitEndpoint git,
            ReportLinks links,
            InstantSource clock) {
        return new ApiGround(
                options.courses(),
                database,
                machinery.archive(),
                machinery.variables(),
                worker.gradings(),
                git,
                links,
                settings.push(),
                settings.api(),
                options.version(),
                clock);
    }

    @Bean
    Readiness readiness(Database database, Worker worker, Machinery machinery, InstantSource clock) {
        return new Readiness(database, worker, machinery, clock);
    }

    @Bean
    ServerMeters meters(
            ServerOptions options, Database database, Worker worker, Machinery machinery, InstantSource clock) {
        return new ServerMeters(
                database,
                worker,
                machinery::containers,
                () -> options.courses().refused().size(),
                clock);
    }

    @Bean
    GradingLog gradingLog(Worker worker) {
        GradingLog log = new GradingLog(LoggerFactory.getLogger(GradingLog.class));
        worker.listen(log::on);
        return log;
    }

    @Bean
    AutoCloseable garbageMeters(ServerMeters meters) {
        return meters.garbage();
    }

    @Bean(destroyMethod = "close")
    PrometheusMeterRegistry registry(ServerMeters meters) {
        return meters.registry();
    }
}
